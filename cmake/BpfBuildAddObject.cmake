#[=======================================================================[.rst:
add_bpf_object
--------------

.. command:: add_bpf_object

  Adds a BPF object, compiled and linked from BPF C sources, and its typed
  skeleton::

    add_bpf_object(<name> SOURCES <file>...
                   [CPU <generic|v1|v2|v3|v4|probe>]
                   [SKELETON <name> | NO_SKELETON])

  ``<name>`` becomes a target whose file is ``<name>.bpf.o``; it is built by
  ``all``, and ``target_compile_definitions()``, ``target_compile_options()``,
  ``target_include_directories()``, ``target_link_libraries()``,
  ``$<TARGET_FILE:<name>>`` and ``install(TARGETS)`` work on it.  ``<name>::skeleton``
  is a target for user space to link, from any directory: it brings the header
  ``<name>.skel.h`` with ``struct <name>_bpf``, and libbpf.

  ``SOURCES``
    BPF C files.  Several are linked into one object.
  ``CPU``
    The BPF instruction set, clang's ``-mcpu``; ``v3``, of Linux 5.1, if not
    given, so that a newer clang does not change it silently.  ``probe`` asks
    the running kernel.
  ``SKELETON``
    What the skeleton is called instead of ``<name>``.  Characters that C does
    not allow in an identifier become ``_`` in the name of the struct.
  ``NO_SKELETON``
    Makes no skeleton.

  The object is built again when a source, a header that it includes, a flag or
  one of the tools changed.  A skeleton that comes out the same keeps its time
  stamp, so user space is not built again.

  The host's flags are not those of BPF: of the options that the directory adds
  to all targets only those in a ``$<COMPILE_LANGUAGE:BPF>`` expression are kept,
  and ``CMAKE_INTERPROCEDURAL_OPTIMIZATION`` and output directories are not used.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArchitecture.cmake")

function(add_bpf_object name)
  set(call "add_bpf_object(${name})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_SKELETON" "CPU;SKELETON" "SOURCES")
  _bpfbuild_check_arguments("${call}" arg EXPECTED SOURCES CPU SKELETON NO_SKELETON)
  _bpfbuild_check_target("${call}" "${name}")
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "${call}: no SOURCES; expected at least one BPF C file")
  endif()
  if(NOT DEFINED arg_CPU)
    set(arg_CPU v3)
  elseif(NOT arg_CPU MATCHES "^(generic|v[1-4]|probe)$")
    message(FATAL_ERROR "${call}: unknown CPU '${arg_CPU}'; expected generic, v1, v2, v3, v4 or probe")
  endif()
  if(arg_NO_SKELETON AND DEFINED arg_SKELETON)
    message(FATAL_ERROR "${call}: both SKELETON and NO_SKELETON are given; leave one out")
  endif()
  _bpfbuild_architecture("${CMAKE_SYSTEM_PROCESSOR}" arch endian)
  if(NOT arch)
    message(FATAL_ERROR "${call}: CMAKE_SYSTEM_PROCESSOR is '${CMAKE_SYSTEM_PROCESSOR}'; \
expected an x86, arm64, arm, riscv, s390, powerpc, mips or loongarch processor")
  endif()

  add_library(${name} STATIC ${arg_SOURCES})
  _bpfbuild_isolate_from_host(${name})
  _bpfbuild_set_sources(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES
    LINKER_LANGUAGE BPF
    PREFIX "" OUTPUT_NAME "${name}" SUFFIX ".bpf.o"
    LINK_DEPENDS "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt")
  if(endian STREQUAL "big")
    target_compile_options(${name} PRIVATE --target=bpfeb)
  else()
    target_compile_options(${name} PRIVATE --target=bpfel)
  endif()
  target_compile_options(${name} PRIVATE -mcpu=${arg_CPU} -Wall -fno-stack-protector)
  target_compile_definitions(${name} PRIVATE __TARGET_ARCH_${arch})
  _bpfbuild_include_system_headers(${name})
  _bpfbuild_hide_paths(${name})
  if(NOT arg_NO_SKELETON)
    if(NOT DEFINED arg_SKELETON)
      set(arg_SKELETON "${name}")
    endif()
    _bpfbuild_add_skeleton(${name} "${arg_SKELETON}")
  endif()
endfunction()

# The directory's options, and the variables that initialise a target's
# properties, are the host's business.
function(_bpfbuild_isolate_from_host name)
  foreach(property IN ITEMS COMPILE_OPTIONS COMPILE_FEATURES)
    get_target_property(values ${name} ${property})
    list(FILTER values INCLUDE REGEX "COMPILE_LANG(UAGE|_AND_ID):([^>]*,)?BPF[,>]")
    set_property(TARGET ${name} PROPERTY ${property} "${values}")
  endforeach()
  set(configurations ${CMAKE_CONFIGURATION_TYPES} ${CMAKE_BUILD_TYPE})
  foreach(configuration IN LISTS configurations)
    string(TOUPPER "${configuration}" configuration)
    set_target_properties(${name} PROPERTIES
      ${configuration}_POSTFIX ""
      INTERPROCEDURAL_OPTIMIZATION_${configuration} OFF)
    set_property(TARGET ${name} PROPERTY ARCHIVE_OUTPUT_DIRECTORY_${configuration})
  endforeach()
  set_target_properties(${name} PROPERTIES
    INTERPROCEDURAL_OPTIMIZATION OFF
    POSITION_INDEPENDENT_CODE OFF
    ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
endfunction()

function(_bpfbuild_set_sources name)
  foreach(source IN LISTS ARGN)
    if(NOT source MATCHES "\\.(h|hpp|hh)$")
      set_property(SOURCE "${source}" PROPERTY LANGUAGE BPF)
      get_property(depends SOURCE "${source}" PROPERTY OBJECT_DEPENDS)
      list(APPEND depends "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt")
      list(REMOVE_DUPLICATES depends)
      set_property(SOURCE "${source}" PROPERTY OBJECT_DEPENDS "${depends}")
    endif()
  endforeach()
endfunction()

# <asm/types.h>, which <linux/types.h> includes, is in a folder of its own on
# Debian, which clang does not search when it compiles for BPF.
function(_bpfbuild_include_system_headers name)
  find_path(BPFBUILD_ASM_INCLUDE_DIR NAMES asm/types.h DOC "folder of the target's asm/types.h")
  mark_as_advanced(BPFBUILD_ASM_INCLUDE_DIR)
  target_include_directories(${name} SYSTEM PRIVATE "${BPFBUILD_LIBBPF_INCLUDE_DIR}")
  if(BPFBUILD_ASM_INCLUDE_DIR)
    target_compile_options(${name} PRIVATE "SHELL:-idirafter \"${BPFBUILD_ASM_INCLUDE_DIR}\"")
  endif()
endfunction()

# Line information names files; from every checkout they have the same names.
function(_bpfbuild_hide_paths name)
  set(folders "${CMAKE_BINARY_DIR}" "${CMAKE_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}")
  list(REMOVE_DUPLICATES folders)
  # The map that is given last wins in new compilers, the longest in old ones.
  list(SORT folders)
  list(TRANSFORM folders PREPEND "-ffile-prefix-map=")
  list(TRANSFORM folders APPEND "/=")
  target_compile_options(${name} PRIVATE ${folders} -fdebug-compilation-dir=.)
endfunction()

function(_bpfbuild_add_skeleton name skeleton)
  string(MAKE_C_IDENTIFIER "${skeleton}_bpf" struct)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${name}.skeleton")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    string(APPEND folder "/$<CONFIG>")
  endif()
  set(header "${folder}/${skeleton}.skel.h")
  # The header keeps its time stamp when it comes out the same; the other file
  # tells the build that it is up to date.
  add_custom_command(
    OUTPUT "${header}.stamp"
    BYPRODUCTS "${header}"
    COMMAND "${CMAKE_COMMAND}"
      "-DBPFTOOL=${BPFBUILD_BPFTOOL}"
      "-DOBJECT=$<TARGET_FILE:${name}>"
      "-DNAME=${struct}"
      "-DHEADER=${header}"
      -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildWriteSkeleton.cmake"
    DEPENDS ${name} "$<TARGET_FILE:${name}>" "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt"
    COMMENT "Writing BPF skeleton ${skeleton}.skel.h"
    VERBATIM)
  # As a source, the stamp makes consumers in every directory wait for the header.
  add_library(${name}-skeleton INTERFACE "${header}.stamp")
  # A system directory, for the warnings in a generated header help nobody.
  target_include_directories(${name}-skeleton SYSTEM INTERFACE "${folder}")
  target_link_libraries(${name}-skeleton INTERFACE BpfBuild::libbpf)
  add_library(${name}::skeleton ALIAS ${name}-skeleton)
endfunction()
