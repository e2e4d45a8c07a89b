# cmake -P BpfBuildReturnOwnership.cmake, in the build directory
#
# Gives what root owns in the build directory to the user who called sudo, so
# that 'sudo cmake --build' leaves nothing behind that the user cannot change.
# Without sudo it does nothing.
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
# Files with several links are left alone: one could be somebody else's.
execute_process(
  COMMAND find . -xdev -user 0 ( -type d -o -links 1 ) -exec chown -h "$ENV{SUDO_UID}:$ENV{SUDO_GID}" "{}" +
  COMMAND_ERROR_IS_FATAL ANY)
