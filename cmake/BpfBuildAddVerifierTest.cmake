#[=======================================================================[.rst:
bpf_add_verifier_test
---------------------

.. command:: bpf_add_verifier_test

  Adds a test that a kernel takes the programs of BPF objects::

    bpf_add_verifier_test(<test>
                          OBJECTS <object>...
                          [BASELINE <file.csv>] [TOLERANCE <percent>])

  The test loads each program alone into the running kernel and prints a table: what
  the verifier said, and how many instructions, states and bytes of stack it took.
  Why a program is refused is explained.  Where programs cannot be loaded at all,
  for want of root, the test is skipped.

  ``OBJECTS``
    Targets of add_bpf_object().
  ``BASELINE``
    A table of how it should be, to be committed.  Target ``bpf-baseline-<test>``
    writes it, for the kernel that is running; lines of other kernels stay.  With it
    the test fails when a program that was accepted is refused or the other way
    round, when it takes more than it did, and when programs came or went.  A kernel
    that it has nothing of is not compared: then the test is skipped, unless a
    program is refused.
  ``TOLERANCE``
    Percentage by which instructions, states and stack may grow, 10 if not given.
    Up to 50 instructions, 5 states and 32 bytes are no growth, unless it is 0.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")

function(bpf_add_verifier_test test)
  set(call "bpf_add_verifier_test(${test})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BASELINE;TOLERANCE" "OBJECTS")
  _bpfbuild_check_arguments("${call}" arg EXPECTED OBJECTS BASELINE TOLERANCE)
  if(NOT arg_OBJECTS)
    message(FATAL_ERROR "${call}: no OBJECTS; expected targets of add_bpf_object()")
  endif()
  if(DEFINED arg_TOLERANCE AND NOT arg_BASELINE)
    message(FATAL_ERROR "${call}: TOLERANCE without BASELINE; name the file to compare with")
  endif()
  if(DEFINED arg_TOLERANCE AND NOT arg_TOLERANCE MATCHES "^[0-9]+$")
    message(FATAL_ERROR "${call}: TOLERANCE '${arg_TOLERANCE}' is no percentage; expected a whole number, such as 10")
  endif()
  set(objects "")
  foreach(object IN LISTS arg_OBJECTS)
    _bpfbuild_check_object("${call}" "${object}")
    list(APPEND objects "$<TARGET_FILE:${object}>")
  endforeach()

  set(options "")
  if(arg_BASELINE)
    cmake_path(ABSOLUTE_PATH arg_BASELINE NORMALIZE)
    list(APPEND options --baseline "${arg_BASELINE}"
      --update-with "cmake --build build --target bpf-baseline-${test}")
    add_custom_target(bpf-baseline-${test}
      COMMAND "${CMAKE_COMMAND}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildReturnOwnership.cmake"
      COMMAND BpfBuild::bpfbuild verify ${objects} ${options} --update-baseline
      WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
      DEPENDS ${arg_OBJECTS}
      COMMENT "Writing ${arg_BASELINE}"
      VERBATIM)
  endif()
  if(DEFINED arg_TOLERANCE)
    list(APPEND options --tolerance ${arg_TOLERANCE})
  endif()
  _bpfbuild_build_tool_for_tests()
  add_test(NAME "${test}" COMMAND BpfBuild::bpfbuild verify ${objects} ${options})
  set_tests_properties("${test}" PROPERTIES SKIP_RETURN_CODE 77)
endfunction()

# Ends the configuration when <object> is not a target of add_bpf_object().
function(_bpfbuild_check_object call object)
  if(NOT TARGET "${object}")
    message(FATAL_ERROR "${call}: there is no target '${object}'; expected one of add_bpf_object()")
  endif()
  get_target_property(language "${object}" LINKER_LANGUAGE)
  if(NOT language STREQUAL "BPF")
    message(FATAL_ERROR "${call}: '${object}' is not a target of add_bpf_object()")
  endif()
endfunction()

# Has the build make the tool where it is a target of this build that nothing needs
# but tests.
function(_bpfbuild_build_tool_for_tests)
  get_target_property(is_installed BpfBuild::bpfbuild IMPORTED)
  if(NOT is_installed AND NOT TARGET bpfbuild-for-tests)
    add_custom_target(bpfbuild-for-tests ALL DEPENDS BpfBuild::bpfbuild)
  endif()
endfunction()
