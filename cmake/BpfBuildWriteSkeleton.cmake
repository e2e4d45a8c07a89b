# cmake -DCOMMAND=... -DHEADER=... [-DINCLUDE=<header>] -P BpfBuildWriteSkeleton.cmake
#
# Writes what COMMAND, a bpftool, prints to HEADER, behind an #include of INCLUDE.
# HEADER keeps its time stamp when it comes out the same; HEADER.stamp gets a new one.

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
if(INCLUDE)
  file(READ "${HEADER}.part" text)
  file(WRITE "${HEADER}.part" "#include \"${INCLUDE}\"\n${text}")
endif()

file(COPY_FILE "${HEADER}.part" "${HEADER}" ONLY_IF_DIFFERENT)
file(REMOVE "${HEADER}.part")
# Last, so that an interrupted run is repeated.
file(TOUCH "${HEADER}.stamp")
