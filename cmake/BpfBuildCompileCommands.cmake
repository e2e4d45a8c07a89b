# compile_commands.json with BPF sources on every generator.

# _bpfbuild_export_compile_commands(<target>...)
#
# Makes the build add the sources of the targets to compile_commands.json, where the
# generator does not.
function(_bpfbuild_export_compile_commands)
  set(objects "")
  foreach(target IN LISTS ARGN)
    get_target_property(is_exported ${target} EXPORT_COMPILE_COMMANDS)
    if(is_exported)
      string(APPEND objects "$<JOIN:$<TARGET_OBJECTS:${target}>,\n>\n")
    endif()
  endforeach()
  if(NOT objects)
    return()
  endif()
  set(database "${CMAKE_BINARY_DIR}/compile_commands.json")
  set(stamp "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-compile-commands.stamp")
  set(list "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-compile-commands.txt")
  file(GENERATE OUTPUT "${list}" CONTENT "${objects}")
  # CMake writes the file anew whenever it generates, if there are sources that it knows itself.
  # So the build has to add to it each time, and without such sources nothing old is left in it.
  file(REMOVE "${database}" "${stamp}")
  add_custom_command(
    OUTPUT "${stamp}"
    COMMAND "${CMAKE_COMMAND}" "-DCOMPILE_COMMANDS=${database}" "-DOBJECTS=${list}"
      -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildWriteCompileCommands.cmake"
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    COMMENT "Adding BPF sources to compile_commands.json"
    VERBATIM)
  add_custom_target(bpf-compile-commands ALL DEPENDS "${stamp}")
endfunction()
