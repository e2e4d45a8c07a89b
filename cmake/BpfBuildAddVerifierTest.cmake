#[=======================================================================[.rst:
bpf_add_verifier_test
---------------------

.. command:: bpf_add_verifier_test

  Adds tests that kernels take the programs of BPF objects::

    bpf_add_verifier_test(<test>
                          OBJECTS <object>...
                          [KERNELS <host|debian:<suite>[/<arch>]|image>...]
                          [BASELINE <file.csv>] [TOLERANCE <percent>])

  The test loads each program alone into the kernel and prints a table: what the
  verifier said, and how many instructions, states and bytes of stack it took.  Why a
  program is refused is explained.  Maps that have no ``max_entries``, or no
  ``value_size`` of stack traces, since user space sets them before loading, get the
  smallest that will do.  The test is skipped where programs cannot be loaded
  at all, for want of root, and where there is no QEMU or no such kernel.

  ``OBJECTS``
    Targets of add_bpf_object().  Of one that has several in ``ARCH``, each kernel gets
    the one for its architecture.
  ``KERNELS``
    As for :command:`bpf_add_kernel_test`, which also tells the default.  Each is a test
    of its own, ``<test>`` if there is one, else ``<test>.<kernel>``.  Kernels of another
    architecture need a bpfbuild that is built for it, named in the variable
    ``BPFBUILD_GUEST_TOOLS``.
  ``BASELINE``
    A table of how it should be, to be committed.  Target ``bpf-baseline-<test>``
    writes it for these kernels; lines of others stay.  With it the test fails when a
    program that was accepted is refused or the other way round, when it takes more
    than it did, and when programs came or went.  A kernel that it has nothing of is
    not compared: then the test is skipped, unless a program is refused.
  ``TOLERANCE``
    Percentage by which instructions, states and stack may grow, 10 if not given.
    Up to 50 instructions, 5 states and 32 bytes are no growth, unless it is 0.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildKernels.cmake")

function(bpf_add_verifier_test test)
  set(call "bpf_add_verifier_test(${test})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BASELINE;TOLERANCE" "OBJECTS;KERNELS")
  _bpfbuild_check_arguments("${call}" arg EXPECTED OBJECTS KERNELS BASELINE TOLERANCE)
  if(NOT arg_OBJECTS)
    message(FATAL_ERROR "${call}: no OBJECTS; expected targets of add_bpf_object()")
  endif()
  if(DEFINED arg_TOLERANCE AND NOT arg_BASELINE)
    message(FATAL_ERROR "${call}: TOLERANCE without BASELINE; name the file to compare with")
  endif()
  if(DEFINED arg_TOLERANCE AND NOT arg_TOLERANCE MATCHES "^[0-9]+$")
    message(FATAL_ERROR "${call}: TOLERANCE '${arg_TOLERANCE}' is no percentage; expected a whole number, such as 10")
  endif()
  set(host_objects "")
  set(machine_objects "")
  foreach(object IN LISTS arg_OBJECTS)
    _bpfbuild_check_object("${call}" "${object}")
    get_target_property(of_architectures "${object}" _BPFBUILD_ARCHITECTURES) # <arch>=<file>
    list(APPEND host_objects "$<TARGET_FILE:${object}>")
    list(APPEND machine_objects ${of_architectures})
  endforeach()

  set(baseline "")
  if(arg_BASELINE)
    cmake_path(ABSOLUTE_PATH arg_BASELINE NORMALIZE)
    set(baseline --baseline "${arg_BASELINE}" --update-with "cmake --build build --target bpf-baseline-${test}")
  endif()
  set(tolerance "")
  if(DEFINED arg_TOLERANCE)
    set(tolerance --tolerance ${arg_TOLERANCE})
  endif()
  set(guest_tools "")
  foreach(tool IN LISTS BPFBUILD_GUEST_TOOLS)
    list(APPEND guest_tools --guest-tool "${tool}")
  endforeach()

  _bpfbuild_build_tool_for_tests()
  _bpfbuild_kernel_arguments("${arg_KERNELS}" kernels names)
  set(updates "")
  foreach(kernel name IN ZIP_LISTS kernels names)
    if(kernel STREQUAL "host")
      set(command BpfBuild::bpfbuild verify ${host_objects} ${baseline})
    else()
      set(command BpfBuild::bpfbuild verify ${machine_objects} --kernel "${kernel}" ${guest_tools} ${baseline})
    endif()
    add_test(NAME "${test}${name}" COMMAND ${command} ${tolerance})
    set_tests_properties("${test}${name}" PROPERTIES SKIP_RETURN_CODE 77)
    list(APPEND updates COMMAND ${command} --update-baseline)
  endforeach()
  if(arg_BASELINE)
    add_custom_target(bpf-baseline-${test}
      COMMAND "${CMAKE_COMMAND}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildReturnOwnership.cmake"
      ${updates}
      WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
      DEPENDS ${arg_OBJECTS}
      COMMENT "Writing ${arg_BASELINE}"
      VERBATIM)
  endif()
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
