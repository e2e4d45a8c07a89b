# Skeletons: a BPF object as a C header for user space.

# _bpfbuild_add_skeleton(<call> <object> <kind> <header> <struct> <bpftool argument>...)
#
# Adds target <object>::<kind>, which brings the directory of <header>, written by
# 'bpftool gen <bpftool argument>... <file of object> name <struct>', and appends
# the path of <header> to the caller's list files.  The header includes the
# caller's types_header, if there is one, and takes the object from the caller's
# embedded_symbol instead of its own text.
function(_bpfbuild_add_skeleton call object kind header struct)
  set(target ${object}-${kind})
  if(BPFBUILD_PREBUILT_DIR)
    set(folder "${BPFBUILD_PREBUILT_DIR}/${object}")
    _bpfbuild_check_prebuilt_file("${call}" "${folder}/${header}")
    add_library(${target} INTERFACE)
  else()
    _bpfbuild_skeleton_folder(${object} folder)
    # The header keeps its time stamp when it comes out the same; the other file
    # tells the build that it is up to date.
    add_custom_command(
      OUTPUT "${folder}/${header}.stamp"
      BYPRODUCTS "${folder}/${header}"
      COMMAND "${CMAKE_COMMAND}"
        "-DCOMMAND=${BPFBUILD_BPFTOOL};${ARGN};$<TARGET_FILE:${object}>;name;${struct}"
        "-DHEADER=${folder}/${header}" "-DINCLUDE=${types_header}" "-DEMBEDDED=${embedded_symbol}"
        -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildWriteSkeleton.cmake"
      DEPENDS ${object} "$<TARGET_FILE:${object}>" "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt"
      COMMENT "Writing BPF skeleton ${header}"
      VERBATIM)
    # As a source, the stamp makes consumers in every directory wait for the header.
    add_library(${target} INTERFACE "${folder}/${header}.stamp")
  endif()
  # A system directory, for the warnings in a generated header help nobody.
  target_include_directories(${target} SYSTEM INTERFACE "${folder}")
  target_link_libraries(${target} INTERFACE BpfBuild::libbpf)
  if(types_header)
    target_link_libraries(${target} INTERFACE ${object}-types)
  endif()
  if(embedded_symbol)
    target_link_libraries(${target} INTERFACE ${object}-embedded)
  endif()
  add_library(${object}::${kind} ALIAS ${target})
  set(files ${files} "${folder}/${header}" PARENT_SCOPE)
endfunction()

# Sets <folder> to where the headers of <object> are written.
function(_bpfbuild_skeleton_folder object folder)
  set(path "${CMAKE_CURRENT_BINARY_DIR}/${object}.skeleton")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    string(APPEND path "/$<CONFIG>")
  endif()
  set(${folder} "${path}" PARENT_SCOPE)
endfunction()
