# cmake -P BpfBuildCopyObject.cmake <to> <from>
#
# The linker of a prebuilt object: copies it.

cmake_minimum_required(VERSION 3.22)
file(COPY_FILE "${CMAKE_ARGV4}" "${CMAKE_ARGV3}")
