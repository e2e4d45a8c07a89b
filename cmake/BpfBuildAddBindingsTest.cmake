#[=======================================================================[.rst:
bpf_add_bindings_test
---------------------

.. command:: bpf_add_bindings_test

  Adds a test that kernels have what a header of bpf_generate_bindings() holds::

    bpf_add_bindings_test(<test>
                          BINDINGS <name>
                          [BTF [<arch>=]<file or folder>...]
                          [BASE_BTF [<arch>=]<file>...])

  The test prints for each kernel the types and fields that it has otherwise, and
  fails when CO-RE does not bridge a difference, or when the header was made for
  another request than that of bpf_generate_bindings().

  ``BINDINGS``
    The target of bpf_generate_bindings().
  ``BTF``
    The kernels to compare with, in any form that bpf_generate_bindings() reads,
    or folders of such files.  If not given, those that the header is made from;
    without the running kernel's BTF the test is skipped.
  ``BASE_BTF``
    The kernel of those that are modules.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildGenerateBindings.cmake")

function(bpf_add_bindings_test test)
  set(call "bpf_add_bindings_test(${test})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BINDINGS" "BTF;BASE_BTF")
  _bpfbuild_check_arguments("${call}" arg EXPECTED BINDINGS BTF BASE_BTF)
  if(NOT arg_BINDINGS)
    message(FATAL_ERROR "${call}: no BINDINGS; expected a target of bpf_generate_bindings()")
  endif()
  if(NOT TARGET "${arg_BINDINGS}")
    message(FATAL_ERROR "${call}: there is no target '${arg_BINDINGS}'; expected one of bpf_generate_bindings()")
  endif()
  get_target_property(check "${arg_BINDINGS}" _BPFBUILD_CHECK)
  if(NOT check)
    message(FATAL_ERROR "${call}: '${arg_BINDINGS}' is not a target of bpf_generate_bindings()")
  endif()
  if(DEFINED arg_BTF)
    _bpfbuild_kernel_files("${call}" --btf "${arg_BTF}" btf)
    _bpfbuild_kernel_files("${call}" --base-btf "${arg_BASE_BTF}" base_btf)
    set(kernels ${btf} ${base_btf})
  else()
    get_target_property(kernels "${arg_BINDINGS}" _BPFBUILD_KERNELS)
  endif()
  add_test(NAME "${test}" COMMAND BpfBuild::bpfbuild ${check} ${kernels})
  set_tests_properties("${test}" PROPERTIES
    SKIP_REGULAR_EXPRESSION "/sys/kernel/btf/vmlinux: cannot open: No such file or directory")
endfunction()
