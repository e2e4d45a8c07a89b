# compile_commands.json with BPF sources on every generator.

# _bpfbuild_export_compile_commands(<target>)
#
# Makes the build add the sources of <target> to compile_commands.json, where the
# generator does not.
function(_bpfbuild_export_compile_commands target)
  if(NOT CMAKE_EXPORT_COMPILE_COMMANDS OR NOT CMAKE_GENERATOR MATCHES "Makefiles")
    return()
  endif()
  get_property(scheduled GLOBAL PROPERTY _BPFBUILD_MAKE_TARGET_DIRS SET)
  set_property(GLOBAL APPEND PROPERTY _BPFBUILD_MAKE_TARGET_DIRS
    "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir")
  if(NOT scheduled)
    # When all targets are known.
    cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _bpfbuild_add_compile_commands_target)
  endif()
endfunction()

function(_bpfbuild_add_compile_commands_target)
  get_property(folders GLOBAL PROPERTY _BPFBUILD_MAKE_TARGET_DIRS)
  set(database "${CMAKE_BINARY_DIR}/compile_commands.json")
  set(stamp "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-compile-commands.stamp")
  add_custom_command(
    OUTPUT "${stamp}"
    COMMAND "${CMAKE_COMMAND}" "-DCOMPILE_COMMANDS=${database}" "-DTARGET_DIRS=${folders}"
      -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildWriteCompileCommands.cmake"
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    # CMake writes the file anew whenever it generates.
    DEPENDS "${database}"
    COMMENT "Adding BPF sources to compile_commands.json"
    VERBATIM)
  add_custom_target(bpf-compile-commands ALL DEPENDS "${stamp}")
endfunction()
