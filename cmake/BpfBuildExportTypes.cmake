# Types of a BPF object as a header for user space.

# _bpfbuild_add_types(<call> <object> <folder> <header> TYPES <type>... [SHARED_HEADERS <file>...])
#
# Adds target <object>::types, which brings <folder> with <header>, written from
# the BTF of <object>, and the folders of the shared headers.
function(_bpfbuild_add_types call object folder header)
  cmake_parse_arguments(PARSE_ARGV 4 arg "" "" "TYPES;SHARED_HEADERS")
  set(target ${object}-types)
  set(include_options "")
  set(shared_folders "")
  foreach(shared_header IN LISTS arg_SHARED_HEADERS)
    cmake_path(ABSOLUTE_PATH shared_header NORMALIZE OUTPUT_VARIABLE path)
    if(NOT EXISTS "${path}")
      message(FATAL_ERROR "${call}: SHARED_HEADERS '${shared_header}' is not there: '${path}'")
    endif()
    cmake_path(GET path PARENT_PATH shared_folder)
    cmake_path(GET path FILENAME file_name)
    list(APPEND shared_folders "${shared_folder}")
    list(APPEND include_options --shared-header "${file_name}")
  endforeach()

  if(BPFBUILD_PREBUILT_DIR)
    add_library(${target} INTERFACE)
  else()
    _bpfbuild_check_tool_runs("${call}" EXPORT_TYPES)
    list(TRANSFORM arg_TYPES PREPEND "--type;" OUTPUT_VARIABLE type_options)
    # The tool leaves a header alone that comes out the same; the other file tells
    # the build that it is up to date.
    add_custom_command(
      OUTPUT "${folder}/${header}.stamp"
      BYPRODUCTS "${folder}/${header}"
      COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}"
      COMMAND BpfBuild::bpfbuild types "$<TARGET_FILE:${object}>" ${type_options} ${include_options}
        -o "${folder}/${header}"
      COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/${header}.stamp"
      DEPENDS ${object} "$<TARGET_FILE:${object}>" "$<TARGET_FILE:BpfBuild::bpfbuild>"
      COMMENT "Writing BPF types ${header}"
      VERBATIM)
    if(CMAKE_GENERATOR MATCHES "Makefiles")
      _bpfbuild_remake_with(${object} "${folder}/${header}.stamp" "${folder}/${header}")
    endif()
    # As a source, the stamp makes consumers in every directory wait for the header.
    add_library(${target} INTERFACE "${folder}/${header}.stamp")
    set_property(GLOBAL APPEND PROPERTY _BPFBUILD_TYPES ${object})
  endif()
  target_include_directories(${target} SYSTEM INTERFACE "${folder}")
  target_include_directories(${target} INTERFACE ${shared_folders})
  add_library(${object}::types ALIAS ${target})
endfunction()

# Ends the configuration when the tool is built for another machine than this one.
function(_bpfbuild_check_tool_runs call argument)
  # The top directory need not know the imported target.
  set(is_installed TRUE)
  if(TARGET BpfBuild::bpfbuild)
    get_target_property(is_installed BpfBuild::bpfbuild IMPORTED)
  endif()
  if(CMAKE_CROSSCOMPILING AND NOT is_installed AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(FATAL_ERROR "${call}: ${argument} runs bpfbuild, which this project builds for '${CMAKE_SYSTEM_PROCESSOR}'; \
install BpfBuild on this machine and use that (set BpfBuild_DIR)")
  endif()
endfunction()
