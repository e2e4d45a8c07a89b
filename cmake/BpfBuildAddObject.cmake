#[=======================================================================[.rst:
add_bpf_object
--------------

.. command:: add_bpf_object

  Adds a BPF object, compiled and linked from BPF C sources, and its typed
  skeleton::

    add_bpf_object(<name> SOURCES <file>...
                   [ARCH <arch>...] [ENDIAN <little|big>]
                   [CPU <generic|v1|v2|v3|v4|probe>]
                   [SKELETON <name> | NO_SKELETON] [LIGHT_SKELETON] [SUBSKELETON] [EMBED]
                   [EXPORT_TYPES <type>...] [SHARED_HEADERS <file>...])

  ``<name>`` becomes a target whose file is ``<name>.bpf.o``; it is built by
  ``all``, and ``target_compile_definitions()``, ``target_compile_options()``,
  ``target_include_directories()``, ``target_link_libraries()``,
  ``$<TARGET_FILE:<name>>`` and ``install(TARGETS)`` work on it.  ``<name>::skeleton``
  is a target for user space to link, from any directory: it brings the header
  ``<name>.skel.h`` with ``struct <name>_bpf``, and libbpf.

  ``SOURCES``
    BPF C files.  Several are linked into one object.
  ``ARCH``
    The kernel architecture that the object is for: ``x86``, ``arm64``, ``arm``,
    ``riscv``, ``s390``, ``powerpc``, ``mips`` or ``loongarch``, or what ``uname -m``
    and Debian call it.  If not given, the target system's.  With several,
    ``<name>`` is for the target system's if that is among them, else for the
    first, and ``<name>-<arch>``, with ``<name>-<arch>::skeleton`` and the same
    settings, for each other.
  ``ENDIAN``
    The byte order, if it is not the architecture's usual one.
  ``CPU``
    The BPF instruction set, clang's ``-mcpu``; ``v3``, of Linux 5.1, if not
    given, so that a newer clang does not change it silently.  ``probe`` asks
    the running kernel.
  ``SKELETON``
    What the skeleton is called instead of ``<name>``.  Characters that C does
    not allow in an identifier become ``_`` in the name of the struct.
  ``NO_SKELETON``
    Makes no skeleton.
  ``LIGHT_SKELETON``
    Makes ``<name>.lskel.h`` as well, which loads the object without libbpf's
    ELF loader; ``<name>::light-skeleton`` brings it.
  ``SUBSKELETON``
    Makes ``<name>.subskel.h`` as well, for a BPF library's own user space;
    ``<name>::subskeleton`` brings it.
  ``EMBED``
    Puts the object into the program as it is, not as C text in the skeleton: the
    program is smaller, and compiled again only when the skeleton's types change.
    The skeleton is used as without; the light one stays text.
  ``EXPORT_TYPES``
    Types of the object for user space: names (``event``, ``"struct event"``,
    ``"event_*"``), ``map:<name>`` for the key and value of a map, which become
    ``<name>_key`` and ``<name>_value``, or ``variable:<name>`` for the type of a
    global variable, ``<name>_type``.  ``<name>::types`` brings ``<name>.types.h``,
    for C11 and C++11, with definitions of these types that have the layout of the
    object on every machine; skeletons include it.
  ``SHARED_HEADERS``
    The headers that define the ``EXPORT_TYPES`` for the object and for user space
    alike.  ``<name>.types.h`` includes them and defines nothing itself: it is an
    error of the compiler when user space sees another size, offset or enumerator.

  The object is built again when a source, a header that it includes, a flag or
  one of the tools changed.  A skeleton that comes out the same keeps its time
  stamp, so user space is not built again.

  The host's flags are not those of BPF: of the options that the directory adds
  to all targets only those in a ``$<COMPILE_LANGUAGE:BPF>`` expression are kept,
  and ``CMAKE_INTERPROCEDURAL_OPTIMIZATION`` and output directories are not used.

  When an object is linked, the build tells what a loader would find wrong with it:
  undefined functions and variables, which are an error, programs in sections that
  libbpf does not know, a missing license, nothing to load.  The property ``BPF_CHECK`` OFF
  keeps it silent, ``COMPILE_WARNING_AS_ERROR`` makes all of it errors.

  With its own property ``INTERPROCEDURAL_OPTIMIZATION`` the object is optimised
  as a whole: functions of all sources that are not programs become static, are
  inlined across files or, if unused, left out.  This needs llvm-link and opt of
  clang's version.  ``<name>.linked.ll`` and ``<name>.optimized.ll``, the code
  before and after, are left beside the object.

add_bpf_library
---------------

.. command:: add_bpf_library

  Adds BPF code for several objects to share::

    add_bpf_library(<name> SOURCES <file>...
                    [ARCH <arch>...] [ENDIAN <little|big>]
                    [CPU <generic|v1|v2|v3|v4|probe>])

  ``<name>`` is an OBJECT library: an object that links it by
  ``target_link_libraries()`` gets its code and its usage requirements.  Arguments
  are those of :command:`add_bpf_object`.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildCompile.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildEmbed.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildExportTypes.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildPrebuilt.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildSkeleton.cmake")

function(add_bpf_object name)
  set(call "add_bpf_object(${name})")
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "NO_SKELETON;LIGHT_SKELETON;SUBSKELETON;EMBED" "ENDIAN;CPU;SKELETON" "SOURCES;ARCH;EXPORT_TYPES;SHARED_HEADERS")
  _bpfbuild_check_arguments("${call}" arg
    EXPECTED SOURCES ARCH ENDIAN CPU SKELETON NO_SKELETON LIGHT_SKELETON SUBSKELETON EMBED EXPORT_TYPES SHARED_HEADERS)
  _bpfbuild_check_target("${call}" "${name}")
  _bpfbuild_check_code_arguments("${call}")
  if(arg_NO_SKELETON)
    foreach(other IN ITEMS SKELETON LIGHT_SKELETON SUBSKELETON EMBED)
      if(arg_${other})
        message(FATAL_ERROR "${call}: both ${other} and NO_SKELETON are given; leave one out")
      endif()
    endforeach()
  endif()
  if(arg_SHARED_HEADERS AND NOT arg_EXPORT_TYPES)
    message(FATAL_ERROR "${call}: SHARED_HEADERS without EXPORT_TYPES; name the types that they define")
  endif()
  if(NOT DEFINED arg_SKELETON)
    set(arg_SKELETON "${name}")
  endif()

  _bpfbuild_add_code("${call}" STATIC "${name}" targets)
  foreach(target IN LISTS targets)
    set_target_properties(${target} PROPERTIES
      LINKER_LANGUAGE BPF
      PREFIX "" OUTPUT_NAME "${target}" SUFFIX ".bpf.o"
      LINK_DEPENDS "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt")
    if(BPFBUILD_CHECK_OBJECTS AND NOT BPFBUILD_PREBUILT_DIR)
      _bpfbuild_check_tool_runs("${call}" BPFBUILD_CHECK_OBJECTS)
      set_target_properties(${target} PROPERTIES BPF_CHECK ON)
      add_dependencies(${target} BpfBuild::bpfbuild)
    endif()
    string(LENGTH "${name}" name_length)
    string(SUBSTRING "${target}" ${name_length} -1 arch_suffix)
    _bpfbuild_add_headers("${call}" ${target} "${arg_SKELETON}${arch_suffix}" headers)
    if(NOT BPFBUILD_PREBUILT_DIR)
      _bpfbuild_offer_prebuilt(${target} SOURCES ${arg_SOURCES} HEADERS ${headers})
    endif()
  endforeach()
endfunction()

function(add_bpf_library name)
  set(call "add_bpf_library(${name})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ENDIAN;CPU" "SOURCES;ARCH")
  _bpfbuild_check_arguments("${call}" arg EXPECTED SOURCES ARCH ENDIAN CPU)
  _bpfbuild_check_target("${call}" "${name}")
  _bpfbuild_check_code_arguments("${call}")

  _bpfbuild_add_code("${call}" OBJECT "${name}" targets)
endfunction()

# Adds libraries of <type> with the SOURCES, ARCH, ENDIAN and CPU of the caller:
# <name> for the first architecture, <name>-<arch> for each other.  Sets <targets>
# to all of them.
function(_bpfbuild_add_code call type name targets)
  set(added "")
  set(endian)
  if(DEFINED arg_ENDIAN)
    set(endian ENDIAN ${arg_ENDIAN})
  endif()
  foreach(arch IN LISTS arg_ARCH)
    set(target ${name})
    if(added)
      string(APPEND target "-${arch}")
    endif()
    if(BPFBUILD_PREBUILT_DIR)
      _bpfbuild_take_prebuilt("${call}" ${type} ${target} ${arg_SOURCES})
    else()
      add_library(${target} ${type} ${arg_SOURCES})
      _bpfbuild_compile_bpf("${call}" ${target} OF ${name}
        ARCH ${arch} CPU ${arg_CPU} ${endian} SOURCES ${arg_SOURCES})
    endif()
    if(added)
      _bpfbuild_take_settings(${target} ${name} ${arch})
    endif()
    set_property(TARGET ${name} APPEND PROPERTY _BPFBUILD_ARCHITECTURES "${arch}=$<TARGET_FILE:${target}>")
    list(APPEND added ${target})
  endforeach()
  set(${targets} ${added} PARENT_SCOPE)
endfunction()

# Gives <target>, which is <name> for another architecture, what the project says
# of <name>, also what it says after this call.
function(_bpfbuild_take_settings target name arch)
  foreach(property IN ITEMS COMPILE_DEFINITIONS COMPILE_OPTIONS INCLUDE_DIRECTORIES)
    set_property(TARGET ${target} APPEND PROPERTY ${property} "$<TARGET_PROPERTY:${name},${property}>")
  endforeach()
  # Generated headers that <name> waits for are there when it is.
  add_dependencies(${target} ${name})
  cmake_language(EVAL CODE
    "cmake_language(DEFER CALL _bpfbuild_take_libraries [[${target}]] [[${name}]] [[${arch}]])")
endfunction()

# Links <target> with the libraries of <name>: those for <arch> where there are.
function(_bpfbuild_take_libraries target name arch)
  get_target_property(libraries ${name} LINK_LIBRARIES)
  foreach(library IN LISTS libraries)
    if(TARGET ${library}-${arch})
      target_link_libraries(${target} PRIVATE ${library}-${arch})
    elseif(TARGET ${library})
      target_link_libraries(${target} PRIVATE ${library})
    endif()
  endforeach()
endfunction()

# Adds <object>::types and the skeletons of <object>, <object>::skeleton with
# <name>.skel.h and so on, as the arguments of the caller ask for.  Sets <headers>
# to their files.
function(_bpfbuild_add_headers call object name headers)
  string(MAKE_C_IDENTIFIER "${name}_bpf" struct)
  set(files "")
  set(types_header "")
  if(arg_EXPORT_TYPES)
    set(types_header "${name}.types.h")
    _bpfbuild_add_types("${call}" ${object} ${types_header}
      TYPES ${arg_EXPORT_TYPES} SHARED_HEADERS ${arg_SHARED_HEADERS})
  endif()
  set(embedded_symbol "")
  if(NOT arg_NO_SKELETON)
    if(arg_EMBED)
      _bpfbuild_embed_object("${call}" ${object} embedded_symbol)
    endif()
    _bpfbuild_add_skeleton("${call}" ${object} skeleton "${name}.skel.h" ${struct} gen skeleton)
    set(embedded_symbol "")
  endif()
  if(arg_LIGHT_SKELETON)
    _bpfbuild_add_skeleton("${call}" ${object} light-skeleton "${name}.lskel.h" ${struct} gen skeleton -L)
  endif()
  if(arg_SUBSKELETON)
    _bpfbuild_add_skeleton("${call}" ${object} subskeleton "${name}.subskel.h" ${struct} gen subskeleton)
  endif()
  set(${headers} ${files} PARENT_SCOPE)
endfunction()
