# cmake -DFOLDER=... -DLIST=... -P BpfBuildCopyPrebuilt.cmake
#
# Fills FOLDER with the objects that the file LIST has copy() commands for.

cmake_minimum_required(VERSION 3.22)

# copy(<object> <file> <source>... <header>...), the last two being lists
function(copy object file sources headers)
  file(MAKE_DIRECTORY "${FOLDER}/${object}")
  file(COPY ${headers} DESTINATION "${FOLDER}/${object}")
  file(COPY_FILE "${file}" "${FOLDER}/${object}/${object}.bpf.o")
  foreach(source IN LISTS sources)
    # Not all are there that other configurations have.
    if(EXISTS "${source}")
      file(SHA256 "${source}" hash)
      file(APPEND "${FOLDER}/${object}/sources.txt" "${hash}  ${source}\n")
    endif()
  endforeach()
endfunction()

file(REMOVE_RECURSE "${FOLDER}")
include("${LIST}")
