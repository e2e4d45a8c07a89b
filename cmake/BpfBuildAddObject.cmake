#[=======================================================================[.rst:
add_bpf_object
--------------

.. command:: add_bpf_object

  Adds a BPF object, compiled and linked from BPF C sources, and its typed
  skeleton::

    add_bpf_object(<name> SOURCES <file>...
                   [ARCH <arch>...] [ENDIAN <little|big>]
                   [CPU <generic|v1|v2|v3|v4|probe>]
                   [SKELETON <name> | NO_SKELETON] [SKELETON_STRUCT <identifier>]
                   [LIGHT_SKELETON] [SUBSKELETON] [EMBED]
                   [EXPORT_TYPES <type>...] [SHARED_HEADERS <file>...])

  ``<name>`` becomes a target whose file is ``<name>.bpf.o``; it is built by
  ``all``, and ``target_sources()``, ``target_compile_definitions()``,
  ``target_compile_options()``, ``target_include_directories()``, ``target_link_libraries()``,
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
  ``SKELETON_STRUCT``
    What the struct is called instead of ``<name>_bpf``, and its functions begin with:
    what ``bpftool gen skeleton <file> name <identifier>`` says.  For another
    architecture, ``<identifier>_<arch>``.
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
  to all targets only those in a ``$<COMPILE_LANGUAGE:BPF>`` expression are kept, and
  ``link_libraries()``, ``CMAKE_INTERPROCEDURAL_OPTIMIZATION`` and output directories are not used.

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
  ``target_link_libraries()`` gets its code and its usage requirements; of what the
  library links itself it gets the requirements alone, and links that, too, for its
  code.  Arguments are those of :command:`add_bpf_object`.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildCompile.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildEmbed.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildExportTypes.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildFinish.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildPrebuilt.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildSkeleton.cmake")

# Some projects have hundreds of objects, and are configured often.  CMake takes about as long for
# one command as for another, skips none for free, and takes several times as long for the call of
# a function or a macro and for a condition of many parts.  So what many objects have in common is
# found out once, the properties of a target are set together, and what only few objects need
# stands in functions of its own or is left to _bpfbuild_finish_targets().

function(add_bpf_object name)
  set(call "add_bpf_object(${name})")
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "NO_SKELETON;LIGHT_SKELETON;SUBSKELETON;EMBED" "ENDIAN;CPU;SKELETON;SKELETON_STRUCT"
    "SOURCES;ARCH;EXPORT_TYPES;SHARED_HEADERS")
  if(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
    _bpfbuild_check_arguments("${call}" arg EXPECTED
      SOURCES ARCH ENDIAN CPU SKELETON NO_SKELETON SKELETON_STRUCT LIGHT_SKELETON SUBSKELETON EMBED EXPORT_TYPES SHARED_HEADERS)
  endif()
  if(TARGET "${name}" OR NOT name MATCHES "^[A-Za-z0-9_.+][A-Za-z0-9_.+-]*$")
    _bpfbuild_check_target("${call}" "${name}")
  endif()
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "${call}: no SOURCES; expected at least one BPF C file")
  endif()
  if(NOT arg_SKELETON)
    set(arg_SKELETON "${name}")
  elseif(arg_NO_SKELETON)
    message(FATAL_ERROR "${call}: both SKELETON and NO_SKELETON are given; leave one out")
  endif()
  # Where the language is not enabled nothing is known.
  set(known "_BPFBUILD_SETTINGS ${CMAKE_BPF_INFORMATION_LOADED} \
${BPFBUILD_CHECK_OBJECTS} ${arg_ARCH} ${arg_ENDIAN} ${arg_CPU} ${PROJECT_SOURCE_DIR}")
  get_property(settings GLOBAL PROPERTY "${known}")
  if(NOT settings)
    _bpfbuild_check_target("${call}" "${name}")
    _bpfbuild_make_flags("${call}" settings)
    _bpfbuild_link_property(link_property link_prefix)
    _bpfbuild_make_linker("${call}" linker "${PROJECT_SOURCE_DIR}" "${BPFBUILD_CHECK_OBJECTS}" OFF)
    list(PREPEND settings ${link_property} "${link_prefix}--bpftool \"${BPFBUILD_BPFTOOL}\"" "${linker}")
    set_property(GLOBAL PROPERTY "${known}" "${settings}")
  endif()

  list(POP_FRONT settings link_property link_options linker)
  set(suffix "")
  while(settings)
    # <name> is for the first architecture.
    list(POP_FRONT settings arch flags)
    if(TARGET "${name}")
      set(suffix "-${arch}")
    endif()
    set(object "${name}${suffix}")
    _bpfbuild_add_code("${call}" "${object}" STATIC "${flags}")
    _bpfbuild_add_headers("${call}" "${object}" "${arg_SKELETON}${suffix}")
    set_property(TARGET "${name}" APPEND PROPERTY _BPFBUILD_ARCHITECTURES "${arch}=$<TARGET_FILE:${object}>")
    if(suffix)
      _bpfbuild_add_variant("${object}" "${name}" ${arch})
    endif()
  endwhile()
endfunction()

function(add_bpf_library name)
  set(call "add_bpf_library(${name})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ENDIAN;CPU" "SOURCES;ARCH")
  _bpfbuild_check_arguments("${call}" arg EXPECTED SOURCES ARCH ENDIAN CPU)
  _bpfbuild_check_target("${call}" "${name}")
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "${call}: no SOURCES; expected at least one BPF C file")
  endif()
  _bpfbuild_make_flags("${call}" code)

  set(suffix "")
  while(code)
    list(POP_FRONT code arch flags)
    if(TARGET "${name}")
      set(suffix "-${arch}")
    endif()
    set(library "${name}${suffix}")
    _bpfbuild_add_code("${call}" "${library}" OBJECT "${flags}")
    if(suffix)
      _bpfbuild_add_variant("${library}" "${name}" ${arch})
    endif()
    set_property(GLOBAL APPEND PROPERTY _BPFBUILD_LIBRARIES "${library}")
  endwhile()
endfunction()

# _bpfbuild_add_variant(<target> <name> <arch>)
#
# Gives <target>, which is <name> for another architecture, what the project says
# of <name>, also what it says after this call.
function(_bpfbuild_add_variant target name arch)
  # Generated headers that <name> waits for are there when it is.
  add_dependencies(${target} ${name})
  set_property(GLOBAL APPEND PROPERTY _BPFBUILD_VARIANTS "${target} ${name} ${arch}")
endfunction()
