#[=======================================================================[.rst:
bpf_add_kernel_test
-------------------

.. command:: bpf_add_kernel_test

  Adds tests that run a program on kernels::

    bpf_add_kernel_test(<test>
                        COMMAND <target or program> [<argument>...]
                        [FILES <file>...]
                        [KERNELS <host|debian:<suite>[/<arch>]|image>...]
                        [TIMEOUT <seconds>])

  The program is run as root.  On ``host``, which is the default, it is simply run; on
  any other kernel in a small virtual machine without network, by QEMU.  The test
  passes when it ends with 0.  It is skipped when it ends with 77, when BPF programs
  cannot be loaded on the host, and where there is no QEMU or no such kernel.  A guest
  that panics or hangs fails.

  ``COMMAND``
    The program, which has to be of the kernel's architecture.  It finds itself and its
    libraries in the machine where they are on the host, and nothing else but
    what ``FILES`` names.
  ``FILES``
    More files and folders, at their own paths; programs among them with their libraries.
  ``KERNELS``
    Each is a test of its own, ``<test>`` if there is one, else ``<test>.<kernel>``.
    Target ``bpf-fetch-kernels`` fetches those of Debian; a build never does.
  ``TIMEOUT``
    Time that the program has in a virtual machine, 120 s if not given.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildKernels.cmake")

function(bpf_add_kernel_test test)
  set(call "bpf_add_kernel_test(${test})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "COMMAND;FILES;KERNELS")
  _bpfbuild_check_arguments("${call}" arg EXPECTED COMMAND FILES KERNELS TIMEOUT)
  if(NOT arg_COMMAND)
    message(FATAL_ERROR "${call}: no COMMAND; expected a target or program, and its arguments")
  endif()
  if(DEFINED arg_TIMEOUT AND NOT arg_TIMEOUT MATCHES "^[1-9][0-9]*$")
    message(FATAL_ERROR "${call}: TIMEOUT '${arg_TIMEOUT}' is no time; expected seconds, such as 60")
  endif()
  list(POP_FRONT arg_COMMAND program)
  if(TARGET "${program}")
    set(program "$<TARGET_FILE:${program}>")
  endif()
  set(options "")
  foreach(file IN LISTS arg_FILES)
    if(NOT file MATCHES "^\\$<")
      cmake_path(ABSOLUTE_PATH file NORMALIZE)
    endif()
    list(APPEND options --file "${file}")
  endforeach()
  if(DEFINED arg_TIMEOUT)
    list(APPEND options --timeout ${arg_TIMEOUT})
  endif()

  _bpfbuild_build_tool_for_tests()
  _bpfbuild_kernel_arguments("${arg_KERNELS}" kernels names)
  foreach(kernel name IN ZIP_LISTS kernels names)
    add_test(NAME "${test}${name}"
      COMMAND BpfBuild::bpfbuild vm --kernel "${kernel}" ${options} -- "${program}" ${arg_COMMAND})
    set_tests_properties("${test}${name}" PROPERTIES SKIP_RETURN_CODE 77)
  endforeach()
endfunction()
