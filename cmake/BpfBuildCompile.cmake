# What add_bpf_object() and add_bpf_library() have in common: the architectures
# they are for, and how a target compiles BPF.

# _bpfbuild_make_flags(<call> <result>)
#
# Checks arg_ARCH, arg_ENDIAN and arg_CPU of the caller, and sets <result> to the kernel's
# names of the architectures, the one that <name> stands for first, and behind each the
# COMPILE_FLAGS for it.
function(_bpfbuild_make_flags call result)
  if(NOT DEFINED arg_CPU)
    set(arg_CPU v3)
  elseif(NOT arg_CPU MATCHES "^(generic|v[1-4]|probe)$")
    message(FATAL_ERROR "${call}: unknown CPU '${arg_CPU}'; expected generic, v1, v2, v3, v4 or probe")
  endif()
  if(DEFINED arg_ENDIAN AND NOT arg_ENDIAN MATCHES "^(little|big)$")
    message(FATAL_ERROR "${call}: unknown ENDIAN '${arg_ENDIAN}'; expected little or big")
  endif()
  _bpfbuild_resolve_architectures("${call}" archs ${arg_ARCH})
  _bpfbuild_path_maps(path_maps)
  set(flags "")
  foreach(arch IN LISTS archs)
    if(NOT BPFBUILD_PREBUILT_DIR)
      _bpfbuild_target_flags("${call}" target_flags ${arch} ${arg_CPU} "${arg_ENDIAN}")
      _bpfbuild_system_header_flags(${arch} system_header_flags)
    endif()
    list(APPEND flags ${arch}
      "${target_flags} -D__TARGET_ARCH_${arch} -Wall -fno-stack-protector ${system_header_flags} ${path_maps}")
  endforeach()
  set(${result} "${flags}" PARENT_SCOPE)
endfunction()

# _bpfbuild_resolve_architectures(<call> <result> <arch>...)
function(_bpfbuild_resolve_architectures call result)
  set(expected "x86, arm64, arm, riscv, s390, powerpc, mips or loongarch")
  set(names "")
  foreach(given IN LISTS ARGN)
    _bpfbuild_architecture("${given}" name endian)
    if(NOT name)
      message(FATAL_ERROR "${call}: unknown ARCH '${given}'; expected ${expected}")
    endif()
    list(APPEND names ${name})
  endforeach()
  list(REMOVE_DUPLICATES names)
  if(NOT names)
    if(NOT _BPFBUILD_SYSTEM_ARCH)
      message(FATAL_ERROR "${call}: CMAKE_SYSTEM_PROCESSOR is '${CMAKE_SYSTEM_PROCESSOR}'; \
expected a processor of ${expected}, or say which with ARCH")
    endif()
    set(names ${_BPFBUILD_SYSTEM_ARCH})
  elseif(_BPFBUILD_SYSTEM_ARCH IN_LIST names)
    list(REMOVE_ITEM names ${_BPFBUILD_SYSTEM_ARCH})
    list(PREPEND names ${_BPFBUILD_SYSTEM_ARCH})
  endif()
  set(${result} ${names} PARENT_SCOPE)
endfunction()

# _bpfbuild_add_code(<call> <target> <type> <flags>)
#
# Adds library <target> of the caller's arg_SOURCES, compiled for BPF with <flags>: a
# STATIC one, which is an object, or an OBJECT one.
function(_bpfbuild_add_code call target type flags)
  if(BPFBUILD_PREBUILT_DIR)
    _bpfbuild_take_prebuilt("${call}" ${type} "${target}" ${arg_SOURCES})
    return()
  endif()

  # The variables that initialise a target's properties are the host's business.
  foreach(configuration IN LISTS CMAKE_CONFIGURATION_TYPES CMAKE_BUILD_TYPE)
    string(TOUPPER "${configuration}" upper)
    set(CMAKE_${upper}_POSTFIX "")
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION_${upper} OFF)
    if(DEFINED CMAKE_ARCHIVE_OUTPUT_DIRECTORY_${upper})
      set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY_${upper} "${CMAKE_CURRENT_BINARY_DIR}")
      if(CMAKE_CONFIGURATION_TYPES)
        string(APPEND CMAKE_ARCHIVE_OUTPUT_DIRECTORY_${upper} "/${configuration}")
      endif()
    endif()
  endforeach()

  add_library("${target}" ${type} ${arg_SOURCES})
  # What else launches compilations is launched by the hint.
  get_property(launcher DIRECTORY PROPERTY RULE_LAUNCH_COMPILE)
  set_target_properties("${target}" PROPERTIES
    LINKER_LANGUAGE BPF
    COMPILE_FLAGS "${flags}"
    _BPFBUILD_FLAGS "${flags}"
    RULE_LAUNCH_COMPILE "sh \"${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildHint.sh\" \
\"${CMAKE_BINARY_DIR}/CMakeFiles/bpf-codegen.txt\" ${launcher}"
    INTERPROCEDURAL_OPTIMIZATION OFF
    POSITION_INDEPENDENT_CODE OFF
    ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
    # Those of link_libraries() are the host's.
    LINK_LIBRARIES ""
    INTERFACE_LINK_LIBRARIES "")
  get_property(options DIRECTORY PROPERTY COMPILE_OPTIONS)
  if(options)
    _bpfbuild_keep_bpf_options("${target}")
  endif()
endfunction()

# Takes from <target> the options of the directory, which are the host's as well, but for those that name BPF.
function(_bpfbuild_keep_bpf_options target)
  get_target_property(options "${target}" COMPILE_OPTIONS)
  set(kept "")
  set(option "")
  foreach(part IN LISTS options)
    # A list in a generator expression is in several parts here.
    string(APPEND option "${part}")
    string(REGEX MATCHALL "\\$<" begins "${option}")
    string(REGEX MATCHALL ">" ends "${option}")
    list(LENGTH begins begins)
    list(LENGTH ends ends)
    if(begins GREATER ends)
      string(APPEND option ";")
      continue()
    endif()
    if(option MATCHES "COMPILE_LANG(UAGE|_AND_ID):([^>]*,)?BPF[,>]")
      list(APPEND kept "${option}")
    endif()
    set(option "")
  endforeach()
  set_property(TARGET "${target}" PROPERTY COMPILE_OPTIONS "${kept}")
endfunction()

# _bpfbuild_link_property(<property> <prefix>)
#
# Sets <property> to the one that has an object's link options, and <prefix> to how it begins.
function(_bpfbuild_link_property property prefix)
  get_property(tool_is_built GLOBAL PROPERTY _BPFBUILD_TOOL_IS_BUILT)
  if(tool_is_built OR CMAKE_CONFIGURATION_TYPES)
    set(${property} STATIC_LIBRARY_OPTIONS PARENT_SCOPE)
    set(${prefix} "SHELL:" PARENT_SCOPE)
  else()
    # No generator expressions are in them, and CMake is done sooner with flags.
    set(${property} STATIC_LIBRARY_FLAGS PARENT_SCOPE)
    set(${prefix} "" PARENT_SCOPE)
  endif()
endfunction()

# _bpfbuild_make_linker(<call> <linker> <project folder> <is checked> <is strict>)
#
# Sets <linker> to the command that an object and the linked files are added to: bpftool,
# or the tool, which runs it and says what a loader would find wrong.
function(_bpfbuild_make_linker call linker project_folder is_checked is_strict)
  if(NOT is_checked OR BPFBUILD_PREBUILT_DIR)
    set(${linker} "\"${BPFBUILD_BPFTOOL}\" gen object" PARENT_SCOPE)
    return()
  endif()
  _bpfbuild_check_tool_runs("${call}" BPFBUILD_CHECK_OBJECTS)
  get_property(tool GLOBAL PROPERTY _BPFBUILD_TOOL)
  set(command "\"${tool}\" link --bpftool \"${BPFBUILD_BPFTOOL}\"")
  set(folders "${CMAKE_SOURCE_DIR}" "${project_folder}" "${CMAKE_BINARY_DIR}")
  list(REMOVE_DUPLICATES folders)
  foreach(folder IN LISTS folders)
    string(APPEND command " --source-dir \"${folder}\"")
  endforeach()
  if(is_strict)
    string(APPEND command " --warnings-are-errors")
  endif()
  set(${linker} "${command}" PARENT_SCOPE)
endfunction()

# Sets <flags> to the options of clang that say what the code is for.
function(_bpfbuild_target_flags call flags arch cpu endian)
  if(NOT endian)
    # The target system's processor can have the unusual order of its architecture.
    if(arch STREQUAL _BPFBUILD_SYSTEM_ARCH)
      set(endian ${_BPFBUILD_SYSTEM_ENDIAN})
    else()
      _bpfbuild_architecture(${arch} same endian)
    endif()
  endif()
  set(target bpfel)
  if(endian STREQUAL "big")
    set(target bpfeb)
  endif()
  if(NOT endian STREQUAL _BPFBUILD_HOST_ENDIAN)
    _bpfbuild_can_link(${target} can_link)
    if(NOT can_link)
      get_property(version GLOBAL PROPERTY _BPFBUILD_BPFTOOL_VERSION)
      message(FATAL_ERROR "${call}: bpftool ${version} at '${BPFBUILD_BPFTOOL}' cannot link ${endian}-endian \
objects on this machine, nor write their skeletons; 7.8 can (set BPFBUILD_BPFTOOL)")
    endif()
  endif()
  set(${flags} "--target=${target} -mcpu=${cpu}" PARENT_SCOPE)
endfunction()

# Sets <result> to whether bpftool links objects of a byte order.
function(_bpfbuild_can_link target result)
  get_property(known GLOBAL PROPERTY _BPFBUILD_CAN_LINK_${target} SET)
  if(NOT known)
    set(folder "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-link")
    file(WRITE "${folder}/test.c" "int variable = 1;\n")
    execute_process(
      COMMAND "${CMAKE_BPF_COMPILER}" --target=${target} -g -O2 -c test.c -o test.o
      COMMAND_ERROR_IS_FATAL ANY WORKING_DIRECTORY "${folder}")
    execute_process(
      COMMAND "${BPFBUILD_BPFTOOL}" gen object linked.o test.o
      RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET WORKING_DIRECTORY "${folder}")
    if(status EQUAL 0)
      set_property(GLOBAL PROPERTY _BPFBUILD_CAN_LINK_${target} TRUE)
    else()
      set_property(GLOBAL PROPERTY _BPFBUILD_CAN_LINK_${target} FALSE)
    endif()
  endif()
  get_property(can_link GLOBAL PROPERTY _BPFBUILD_CAN_LINK_${target})
  set(${result} ${can_link} PARENT_SCOPE)
endfunction()

# Sets <flags> to what lets clang find libbpf's headers and <asm/types.h> of <arch>,
# which <linux/types.h> includes.  Debian has it in a folder of the architecture, which
# clang does not search when it compiles for BPF; never is it another
# architecture's.
function(_bpfbuild_system_header_flags arch flags)
  set(triple_of_x86 x86_64-linux-gnu)
  set(triple_of_arm64 aarch64-linux-gnu)
  set(triple_of_arm arm-linux-gnueabihf)
  set(triple_of_riscv riscv64-linux-gnu)
  set(triple_of_s390 s390x-linux-gnu)
  set(triple_of_powerpc powerpc64le-linux-gnu)
  set(triple_of_mips mips64el-linux-gnuabi64)
  set(triple_of_loongarch loongarch64-linux-gnu)
  set(triple ${triple_of_${arch}})
  if(arch STREQUAL _BPFBUILD_SYSTEM_ARCH)
    # Where the host's compiler has it, which in a cross build is the target's.
    set(hints ${CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES} ${CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES})
    if(NOT hints)
      set(hints /usr/include/${triple})
    endif()
    find_path(BPFBUILD_ASM_INCLUDE_DIR NAMES asm/types.h HINTS ${hints}
      DOC "folder of the target system's asm/types.h")
    set(folder "${BPFBUILD_ASM_INCLUDE_DIR}")
  else()
    find_path(BPFBUILD_ASM_INCLUDE_DIR_${arch} NAMES asm/types.h
      PATHS /usr/include/${triple} /usr/${triple}/include NO_DEFAULT_PATH
      DOC "folder of asm/types.h for ${arch}")
    set(folder "${BPFBUILD_ASM_INCLUDE_DIR_${arch}}")
    mark_as_advanced(BPFBUILD_ASM_INCLUDE_DIR_${arch})
  endif()
  mark_as_advanced(BPFBUILD_ASM_INCLUDE_DIR)
  set(result "-isystem \"${BPFBUILD_LIBBPF_INCLUDE_DIR}\"")
  if(CMAKE_SYSROOT)
    string(APPEND result " --sysroot=\"${CMAKE_SYSROOT}\"")
  endif()
  if(folder)
    string(APPEND result " -idirafter \"${folder}\"")
  endif()
  set(${flags} "${result}" PARENT_SCOPE)
endfunction()

# Sets <flags> to what gives files the same names from every checkout, for line
# information has names.
function(_bpfbuild_path_maps flags)
  set(folders "${CMAKE_BINARY_DIR}" "${CMAKE_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}")
  list(REMOVE_DUPLICATES folders)
  # The map that is given last wins in new compilers, the longest in old ones.
  list(SORT folders)
  list(TRANSFORM folders REPLACE "(.+)" "\"-ffile-prefix-map=\\1/=\"")
  list(JOIN folders " " maps)
  # By the hidden paths clang would not find the source lines that it puts into BTF for the verifier's log.
  set(${flags} "${maps} -fdebug-compilation-dir=. -gdwarf-5 -gembed-source" PARENT_SCOPE)
endfunction()
