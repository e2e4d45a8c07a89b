# cmake -DCOMMAND=... -DHEADER=... [-DINCLUDE=<header>] [-DEMBEDDED=<symbol>]
#       -P BpfBuildWriteSkeleton.cmake
#
# Writes what COMMAND, a bpftool, prints to HEADER, behind an #include of INCLUDE, and
# with the object's bytes from EMBEDDED to EMBEDDED_end rather than in the text.  HEADER keeps its time stamp when it comes out the same; HEADER.stamp gets a new one.

cmake_minimum_required(VERSION 3.22)

cmake_path(GET HEADER PARENT_PATH folder)
file(MAKE_DIRECTORY "${folder}")
execute_process(
  COMMAND ${COMMAND}
  OUTPUT_FILE "${HEADER}.part"
  ERROR_VARIABLE errors
  RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  file(REMOVE "${HEADER}.part")
  string(STRIP "${errors}" errors)
  message(FATAL_ERROR "${HEADER}: bpftool wrote no skeleton: ${errors}")
endif()
# Puts EMBEDDED in the place of the bytes in <variable>, which stand in a function of their own.
function(take_bytes_out variable)
  set(begin "__elf_bytes(size_t *sz)\n{\n")
  string(FIND "${${variable}}" "${begin}" from)
  if(from EQUAL -1)
    message(FATAL_ERROR "${HEADER}: EMBED cannot take the object out of this bpftool's skeletons; 7.0 or newer is needed")
  endif()
  string(LENGTH "${begin}" length)
  math(EXPR from "${from} + ${length}")
  string(SUBSTRING "${${variable}}" 0 ${from} before)
  string(SUBSTRING "${${variable}}" ${from} -1 after)
  string(FIND "${after}" "\n}\n" to)
  string(SUBSTRING "${after}" ${to} -1 after)
  set(${variable} "#ifdef __cplusplus
extern \"C\" {
#endif
extern const char ${EMBEDDED}[], ${EMBEDDED}_end[];
#ifdef __cplusplus
}
#endif

${before}\t*sz = ${EMBEDDED}_end - ${EMBEDDED};\n\treturn ${EMBEDDED};${after}" PARENT_SCOPE)
endfunction()

if(INCLUDE OR EMBEDDED)
  file(READ "${HEADER}.part" text)
  if(EMBEDDED)
    take_bytes_out(text)
  endif()
  if(INCLUDE)
    string(PREPEND text "#include \"${INCLUDE}\"\n")
  endif()
  file(WRITE "${HEADER}.part" "${text}")
endif()

file(COPY_FILE "${HEADER}.part" "${HEADER}" ONLY_IF_DIFFERENT)
file(REMOVE "${HEADER}.part")
# Last, so that an interrupted run is repeated.
file(TOUCH "${HEADER}.stamp")
