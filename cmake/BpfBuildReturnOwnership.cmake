# cmake -P BpfBuildReturnOwnership.cmake, in the build directory
#
# Gives what root owns in the build directory to the user who called sudo, so
# that 'sudo cmake --build' leaves nothing behind that the user cannot change.
# Directories above it that root has made in one of the user's are given back as
# well.  Without sudo it does nothing.
#
# It runs as the last step but one of a codegen target: what the build tool
# itself writes later, Ninja's log, it appends to a file that is made here.

cmake_minimum_required(VERSION 3.22)

if(NOT DEFINED ENV{SUDO_UID} OR NOT DEFINED ENV{SUDO_GID})
  return()
endif()
if(EXISTS build.ninja)
  file(TOUCH .ninja_log)
endif()
# Files with several links are left alone: one could be somebody else's. Each
# change is made from within the directory, which no link can take elsewhere.
# What else is being built at the same time may remove a file just then.
foreach(attempt RANGE 4)
  execute_process(
    COMMAND find . -xdev -ignore_readdir_race -user 0 ( -type d -o -links 1 )
      -execdir chown -h "$ENV{SUDO_UID}:$ENV{SUDO_GID}" "{}" +
    ERROR_VARIABLE errors RESULT_VARIABLE result)
  if(result EQUAL 0)
    break()
  endif()
endforeach()
if(NOT result EQUAL 0)
  message(FATAL_ERROR "files of root cannot be given to user $ENV{SUDO_UID}:\n${errors}")
endif()

# _bpfbuild_owner(<directory> <result>)
function(_bpfbuild_owner directory result)
  execute_process(COMMAND stat -c %u "${directory}"
    OUTPUT_VARIABLE owner OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(${result} "${owner}" PARENT_SCOPE)
endfunction()

get_filename_component(directory . REALPATH)
set(made_by_root)
while(NOT directory STREQUAL "/")
  cmake_path(GET directory PARENT_PATH directory)
  _bpfbuild_owner("${directory}" owner)
  if(NOT owner EQUAL 0)
    break()
  endif()
  list(APPEND made_by_root "${directory}")
endwhile()
if(made_by_root AND owner EQUAL "$ENV{SUDO_UID}")
  execute_process(COMMAND chown -h "$ENV{SUDO_UID}:$ENV{SUDO_GID}" ${made_by_root} COMMAND_ERROR_IS_FATAL ANY)
endif()
