# Skeletons: a BPF object as a C header for user space.

# _bpfbuild_add_skeleton(<object> <target> <header> <struct> <bpftool argument>...)
#
# Makes INTERFACE library <target>, which brings the directory of <header>, written
# by 'bpftool gen <bpftool argument>... <file of object> name <struct>'.
function(_bpfbuild_add_skeleton object target header struct)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${object}.skeleton")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    string(APPEND folder "/$<CONFIG>")
  endif()
  # The header keeps its time stamp when it comes out the same; the other file
  # tells the build that it is up to date.
  add_custom_command(
    OUTPUT "${folder}/${header}.stamp"
    BYPRODUCTS "${folder}/${header}"
    COMMAND "${CMAKE_COMMAND}"
      "-DCOMMAND=${BPFBUILD_BPFTOOL};${ARGN};$<TARGET_FILE:${object}>;name;${struct}"
      "-DHEADER=${folder}/${header}"
      -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildWriteSkeleton.cmake"
    DEPENDS ${object} "$<TARGET_FILE:${object}>" "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt"
    COMMENT "Writing BPF skeleton ${header}"
    VERBATIM)
  # As a source, the stamp makes consumers in every directory wait for the header.
  add_library(${target} INTERFACE "${folder}/${header}.stamp")
  # A system directory, for the warnings in a generated header help nobody.
  target_include_directories(${target} SYSTEM INTERFACE "${folder}")
  target_link_libraries(${target} INTERFACE BpfBuild::libbpf)
endfunction()
