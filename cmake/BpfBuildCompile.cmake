# What add_bpf_object() and add_bpf_library() have in common: the architectures
# they are for, and how a target compiles BPF.

include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildCompileCommands.cmake")

# _bpfbuild_check_code_arguments(<call>)
#
# Checks arg_SOURCES, arg_ARCH, arg_ENDIAN and arg_CPU of the caller, and sets
# arg_CPU to its default and arg_ARCH to the kernel's names, the one that <name>
# stands for first.
macro(_bpfbuild_check_code_arguments call)
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "${call}: no SOURCES; expected at least one BPF C file")
  endif()
  if(NOT DEFINED arg_CPU)
    set(arg_CPU v3)
  elseif(NOT arg_CPU MATCHES "^(generic|v[1-4]|probe)$")
    message(FATAL_ERROR "${call}: unknown CPU '${arg_CPU}'; expected generic, v1, v2, v3, v4 or probe")
  endif()
  if(DEFINED arg_ENDIAN AND NOT arg_ENDIAN MATCHES "^(little|big)$")
    message(FATAL_ERROR "${call}: unknown ENDIAN '${arg_ENDIAN}'; expected little or big")
  endif()
  if(NOT DEFINED arg_ARCH AND _BPFBUILD_SYSTEM_ARCH)
    set(arg_ARCH ${_BPFBUILD_SYSTEM_ARCH})
  else()
    _bpfbuild_resolve_architectures("${call}" arg_ARCH ${arg_ARCH})
  endif()
endmacro()

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

# _bpfbuild_compile_bpf(<call> <target> OF <name> ARCH <arch> CPU <cpu> [ENDIAN <endian>] SOURCES <file>...)
#
# Makes library <target>, which is <name> or <name> for another architecture,
# compile its sources for BPF and link them.
#
# What depends on the architecture goes into COMPILE_FLAGS, so that the other
# settings of <name> can be taken over.
function(_bpfbuild_compile_bpf call target)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "OF;ARCH;CPU;ENDIAN" "SOURCES")
  _bpfbuild_isolate_from_host(${target})
  _bpfbuild_set_sources(${arg_SOURCES})
  # The same for many objects of a large project, so found out once.
  set(known "_BPFBUILD_FLAGS_${arg_ARCH}_${arg_CPU}_${arg_ENDIAN}_${PROJECT_SOURCE_DIR}")
  get_property(flags GLOBAL PROPERTY "${known}")
  if(NOT flags)
    _bpfbuild_system_header_flags(${arg_ARCH} system_header_flags)
    _bpfbuild_target_flags("${call}" target_flags ${arg_ARCH} ${arg_CPU} "${arg_ENDIAN}")
    _bpfbuild_path_maps(path_maps)
    set(flags "${target_flags}" "${system_header_flags}" ${path_maps})
    set_property(GLOBAL PROPERTY "${known}" "${flags}")
  endif()
  list(POP_FRONT flags target_flags system_header_flags)
  set(is_whole "$<BOOL:$<TARGET_PROPERTY:${arg_OF},INTERPROCEDURAL_OPTIMIZATION>>")
  _bpfbuild_linker("${call}" ${arg_OF} linker)
  set(link_bitcode "\"${CMAKE_COMMAND}\" \"-DCLANG=${CMAKE_BPF_COMPILER}\" \"-DFLAGS=${target_flags}\" \
-P \"${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildLinkBitcode.cmake\" -- ${linker} --")
  set_target_properties(${target} PROPERTIES
    COMPILE_FLAGS "${target_flags} -D__TARGET_ARCH_${arg_ARCH} ${system_header_flags}"
    # What links the target: see CMAKE_BPF_CREATE_STATIC_LIBRARY.
    STATIC_LIBRARY_OPTIONS "SHELL:$<IF:${is_whole},${link_bitcode},${linker}>")
  target_compile_options(${target} PRIVATE -Wall -fno-stack-protector "$<${is_whole}:-emit-llvm>" ${flags})
  target_include_directories(${target} SYSTEM PRIVATE "${BPFBUILD_LIBBPF_INCLUDE_DIR}")
  _bpfbuild_export_compile_commands(${target})
  # What else launches compilations is launched by this.
  get_target_property(launcher ${target} RULE_LAUNCH_COMPILE)
  if(NOT launcher)
    get_property(launcher DIRECTORY PROPERTY RULE_LAUNCH_COMPILE)
  endif()
  string(PREPEND launcher "sh \"${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildHint.sh\" ")
  set_property(TARGET ${target} PROPERTY RULE_LAUNCH_COMPILE "${launcher}")
endfunction()

# Sets <linker> to the command that the object and the linked files are added to.
# Where <name> has the property BPF_CHECK that is the tool, which runs bpftool and
# says what a loader would find wrong.
function(_bpfbuild_linker call name linker)
  set(bpftool "\"${BPFBUILD_BPFTOOL}\" gen object")
  if(NOT BPFBUILD_CHECK_OBJECTS)
    set(${linker} "${bpftool}" PARENT_SCOPE)
    return()
  endif()
  set(tool "\"$<TARGET_FILE:BpfBuild::bpfbuild>\" link --bpftool \"${BPFBUILD_BPFTOOL}\"")
  set(folders "${CMAKE_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}" "${CMAKE_BINARY_DIR}")
  list(REMOVE_DUPLICATES folders)
  foreach(folder IN LISTS folders)
    string(APPEND tool " --source-dir \"${folder}\"")
  endforeach()
  string(APPEND tool
    "$<$<BOOL:$<TARGET_PROPERTY:${name},COMPILE_WARNING_AS_ERROR>>: --warnings-are-errors>")
  set(${linker} "$<IF:$<BOOL:$<TARGET_PROPERTY:${name},BPF_CHECK>>,${tool},${bpftool}>" PARENT_SCOPE)
endfunction()

# The directory's options, and the variables that initialise a target's
# properties, are the host's business.
function(_bpfbuild_isolate_from_host name)
  foreach(property IN ITEMS COMPILE_OPTIONS COMPILE_FEATURES)
    get_target_property(values ${name} ${property})
    if(values)
      list(FILTER values INCLUDE REGEX "COMPILE_LANG(UAGE|_AND_ID):([^>]*,)?BPF[,>]")
      set_property(TARGET ${name} PROPERTY ${property} "${values}")
    endif()
  endforeach()
  set(configurations ${CMAKE_CONFIGURATION_TYPES} ${CMAKE_BUILD_TYPE})
  foreach(configuration IN LISTS configurations)
    string(TOUPPER "${configuration}" configuration)
    foreach(property IN ITEMS
        ${configuration}_POSTFIX
        INTERPROCEDURAL_OPTIMIZATION_${configuration}
        ARCHIVE_OUTPUT_DIRECTORY_${configuration})
      if(DEFINED CMAKE_${property})
        set_property(TARGET ${name} PROPERTY ${property})
      endif()
    endforeach()
  endforeach()
  set_target_properties(${name} PROPERTIES
    INTERPROCEDURAL_OPTIMIZATION OFF
    POSITION_INDEPENDENT_CODE OFF
    ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
endfunction()

function(_bpfbuild_set_sources)
  set(toolchain "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt")
  foreach(source IN LISTS ARGN)
    if(NOT source MATCHES "\\.h$")
      set_property(SOURCE "${source}" PROPERTY LANGUAGE BPF)
      get_property(depends SOURCE "${source}" PROPERTY OBJECT_DEPENDS)
      if(NOT toolchain IN_LIST depends)
        set_property(SOURCE "${source}" APPEND PROPERTY OBJECT_DEPENDS "${toolchain}")
      endif()
    endif()
  endforeach()
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
objects on this machine; 7.8 can (set BPFBUILD_BPFTOOL)")
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

# Sets <flags> to what lets clang find <asm/types.h> of <arch>, which
# <linux/types.h> includes.  Debian has it in a folder of the architecture, which
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
  set(result "")
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
  list(TRANSFORM folders PREPEND "-ffile-prefix-map=")
  list(TRANSFORM folders APPEND "/=")
  # By the hidden paths clang would not find the source lines that it puts into BTF for the verifier's log.
  set(${flags} ${folders} -fdebug-compilation-dir=. -gdwarf-5 -gembed-source PARENT_SCOPE)
endfunction()
