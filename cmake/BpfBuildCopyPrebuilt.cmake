# cmake -DFOLDER=... -DLIST=... -P BpfBuildCopyPrebuilt.cmake
#
# Fills FOLDER with the objects that the file LIST has copy() commands for.

cmake_minimum_required(VERSION 3.22)

# copy(<object> <source folder> <file> <source>... <header>...), the last two being lists
function(copy object source_folder file sources headers)
  file(COPY "${file}" ${headers} DESTINATION "${FOLDER}/${object}")
  foreach(source IN LISTS sources)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${source_folder}")
    file(SHA256 "${source}" hash)
    file(APPEND "${FOLDER}/${object}/sources.txt" "${hash}  ${source}\n")
  endforeach()
endfunction()

file(REMOVE_RECURSE "${FOLDER}")
include("${LIST}")
