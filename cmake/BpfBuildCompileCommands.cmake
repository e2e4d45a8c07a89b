# compile_commands.json with BPF sources on every generator.

# _bpfbuild_export_compile_commands(<target>...)
#
# Makes the build add the sources of the targets to compile_commands.json, where the
# generator does not.
function(_bpfbuild_export_compile_commands)
  set(folders "")
  foreach(target IN LISTS ARGN)
    get_target_property(is_exported ${target} EXPORT_COMPILE_COMMANDS)
    if(is_exported)
      get_target_property(folder ${target} BINARY_DIR)
      list(APPEND folders "${folder}/CMakeFiles/${target}.dir")
    endif()
  endforeach()
  if(NOT folders)
    return()
  endif()
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
