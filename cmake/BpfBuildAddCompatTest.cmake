#[=======================================================================[.rst:
bpf_add_compat_test
-------------------

.. command:: bpf_add_compat_test

  Adds a test that BPF objects will load on kernels, as far as the kernels' types
  tell, of which none has to run::

    bpf_add_compat_test(<test>
                        OBJECTS <object>...
                        BTF <file or folder>...
                        [BASE_BTF <file>])

  The test resolves CO-RE relocations as libbpf does, follows the code as the
  verifier does, and looks for the functions and tracepoints that programs are
  attached to, for kfuncs, helpers and map types.  It prints what a kernel has not,
  and the line of the source that wants it, and fails unless the program does
  without it there, as behind a bpf_core_field_exists().

  ``OBJECTS``
    Targets of add_bpf_object().
  ``BTF``
    The kernels, in any form that bpf_generate_bindings() reads, or folders of such
    files.  A folder with a file ``vmlinux`` is one kernel with its modules.
  ``BASE_BTF``
    The one kernel whose modules ``BTF`` names.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildAddVerifierTest.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")

function(bpf_add_compat_test test)
  set(call "bpf_add_compat_test(${test})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BASE_BTF" "OBJECTS;BTF")
  _bpfbuild_check_arguments("${call}" arg EXPECTED OBJECTS BTF BASE_BTF)
  if(NOT arg_OBJECTS)
    message(FATAL_ERROR "${call}: no OBJECTS; expected targets of add_bpf_object()")
  endif()
  if(NOT arg_BTF)
    message(FATAL_ERROR "${call}: no BTF; expected files or folders with the types of kernels")
  endif()
  set(arguments "")
  foreach(object IN LISTS arg_OBJECTS)
    _bpfbuild_check_object("${call}" "${object}")
    list(APPEND arguments "$<TARGET_FILE:${object}>")
  endforeach()
  foreach(option IN ITEMS BTF BASE_BTF)
    string(REPLACE "_" "-" flag "--${option}")
    string(TOLOWER "${flag}" flag)
    foreach(file IN LISTS arg_${option})
      cmake_path(ABSOLUTE_PATH file NORMALIZE)
      list(APPEND arguments ${flag} "${file}")
    endforeach()
  endforeach()
  _bpfbuild_build_tool_for_tests()
  add_test(NAME "${test}" COMMAND BpfBuild::bpfbuild compat ${arguments})
endfunction()
