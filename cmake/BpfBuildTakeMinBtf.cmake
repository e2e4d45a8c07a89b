# cmake -DBPFTOOL=... -DBTF=... "-DOBJECTS=<file>;..." -DOUTPUT=... -P BpfBuildTakeMinBtf.cmake
#
# Writes to OUTPUT what OBJECTS need of BTF, which is a file of types or an archive with one.

cmake_minimum_required(VERSION 3.22)

cmake_path(GET OUTPUT PARENT_PATH folder)
file(MAKE_DIRECTORY "${folder}")
set(unpacked "${OUTPUT}.unpacked")
set(types "${BTF}")
if(BTF MATCHES "\\.tar\\.[a-z0-9]+$")
  file(REMOVE_RECURSE "${unpacked}")
  file(ARCHIVE_EXTRACT INPUT "${BTF}" DESTINATION "${unpacked}")
  file(GLOB_RECURSE types "${unpacked}/*.btf")
  list(LENGTH types count)
  if(NOT count EQUAL 1)
    file(REMOVE_RECURSE "${unpacked}")
    message(FATAL_ERROR "${BTF}: expected one *.btf in the archive, found ${count}; pack the types of each kernel alone")
  endif()
endif()
execute_process(COMMAND "${BPFTOOL}" gen min_core_btf "${types}" "${OUTPUT}.part" ${OBJECTS} RESULT_VARIABLE result)
file(REMOVE_RECURSE "${unpacked}")
if(NOT result EQUAL 0)
  file(REMOVE "${OUTPUT}.part")
  message(FATAL_ERROR "${BTF}: bpftool took no types from it")
endif()
# bpftool does not notice that a disk is full.
execute_process(COMMAND "${BPFTOOL}" btf dump file "${OUTPUT}.part" RESULT_VARIABLE result OUTPUT_QUIET)
if(NOT result EQUAL 0)
  file(REMOVE "${OUTPUT}.part")
  message(FATAL_ERROR "${OUTPUT}: bpftool wrote no types, or not all of them")
endif()
file(RENAME "${OUTPUT}.part" "${OUTPUT}")
