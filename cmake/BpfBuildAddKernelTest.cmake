#[=======================================================================[.rst:
bpf_add_kernel_test
-------------------

.. command:: bpf_add_kernel_test

  Adds tests that run a program on kernels::

    bpf_add_kernel_test(<test>
                        COMMAND <target or program> [<argument>...]
                        [PASS_REGULAR_EXPRESSION <regex>]
                        [FILES <file>...]
                        [KERNELS <host|debian:<suite>[/<arch>]|image>...]
                        [MODULES <module>...] [KERNEL_ARGUMENTS <argument>...]
                        [TIMEOUT <seconds>])

  The program is run as root.  On ``host`` it is simply run; on any other kernel in a
  small virtual machine without network, by QEMU.  The test passes when it ends with 0.
  It is skipped when it ends with 77, when BPF programs cannot be loaded on the host,
  and where there is no QEMU or no such kernel.  A guest that panics or hangs fails.

  ``COMMAND``
    The program, which has to be of the kernel's architecture.  It finds itself and its
    libraries in the machine where they are on the host, arguments that are
    ``$<TARGET_FILE:...>`` as well, and nothing else but what ``FILES`` names.
  ``PASS_REGULAR_EXPRESSION``
    What it has to print as well: an extended regular expression, for all of the output,
    in which a dot also stands for the end of a line.
  ``FILES``
    More files and folders, at their own paths; programs among them with their libraries.
  ``KERNELS``
    Each is a test of its own, ``<test>`` if there is one, else ``<test>.<kernel>``.
    Target ``bpf-fetch-kernels`` fetches those of Debian; a build never does.  If not
    given, those of the variable ``BPFBUILD_TEST_KERNELS``, or else ``host``.
  ``MODULES``
    Modules of the kernel that a virtual machine loads first, with those that they
    depend on.  They are looked for in the folder ``modules`` beside the image, and for
    an image ``vmlinuz-<release>`` in ``/lib/modules/<release>``.  The test is skipped
    on kernels that lack one.  A kernel without such a folder may have it built in.
  ``KERNEL_ARGUMENTS``
    What a virtual machine's kernel is told, such as ``lsm=bpf``.
  ``TIMEOUT``
    Time that the program has, 120 s if not given.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildKernels.cmake")

function(bpf_add_kernel_test test)
  set(call "bpf_add_kernel_test(${test})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PASS_REGULAR_EXPRESSION;TIMEOUT"
    "COMMAND;FILES;KERNELS;MODULES;KERNEL_ARGUMENTS")
  _bpfbuild_check_arguments("${call}" arg
    EXPECTED COMMAND PASS_REGULAR_EXPRESSION FILES KERNELS MODULES KERNEL_ARGUMENTS TIMEOUT)
  if(NOT arg_COMMAND)
    message(FATAL_ERROR "${call}: no COMMAND; expected a target or program, and its arguments")
  endif()
  if(DEFINED arg_TIMEOUT AND NOT arg_TIMEOUT MATCHES "^[1-9][0-9]*$")
    message(FATAL_ERROR "${call}: TIMEOUT '${arg_TIMEOUT}' is no time; expected seconds, such as 60")
  endif()
  # Each in brackets, for they may have semicolons, and may be empty.
  set(arguments "")
  foreach(argument IN LISTS arg_COMMAND)
    # A target, which may be added after its tests.
    if(NOT arguments AND argument MATCHES "^[A-Za-z0-9_.+:-]+$")
      set(exists "$<TARGET_EXISTS:${argument}>")
      set(argument "$<${exists}:$<TARGET_FILE:${argument}>>$<$<NOT:${exists}>:${argument}>")
    endif()
    string(APPEND arguments " [==[${argument}]==]")
  endforeach()
  set(options "")
  foreach(file IN LISTS arg_FILES)
    if(NOT file MATCHES "^\\$<")
      cmake_path(ABSOLUTE_PATH file NORMALIZE)
    endif()
    list(APPEND options --file "${file}")
  endforeach()
  list(POP_FRONT arg_COMMAND)
  foreach(file IN LISTS arg_COMMAND)
    if(file MATCHES "^\\$<TARGET_FILE:[^<>]+>$")
      list(APPEND options --file "${file}")
    endif()
  endforeach()
  foreach(module IN LISTS arg_MODULES)
    list(APPEND options --module "${module}")
  endforeach()
  if(arg_KERNEL_ARGUMENTS)
    list(JOIN arg_KERNEL_ARGUMENTS " " kernel_arguments)
    list(APPEND options --append "${kernel_arguments}")
  endif()
  set(expected "")
  if(arg_PASS_REGULAR_EXPRESSION)
    set(expected "--expect [==[${arg_PASS_REGULAR_EXPRESSION}]==]")
  endif()
  if(NOT DEFINED arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()

  _bpfbuild_build_tool_for_tests()
  _bpfbuild_kernel_arguments("${arg_KERNELS}" kernels names)
  foreach(kernel name IN ZIP_LISTS kernels names)
    cmake_language(EVAL CODE "add_test(NAME \"\${test}\${name}\" COMMAND BpfBuild::bpfbuild vm
      --kernel \"\${kernel}\" \${options} ${expected} --timeout \${arg_TIMEOUT} -- ${arguments})")
    set_tests_properties("${test}${name}" PROPERTIES SKIP_RETURN_CODE 77)
    # Virtual machines see to it themselves, and may take some time to start.
    if(kernel STREQUAL "host")
      set_tests_properties("${test}${name}" PROPERTIES TIMEOUT ${arg_TIMEOUT})
    endif()
  endforeach()
endfunction()
