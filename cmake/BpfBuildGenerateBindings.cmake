#[=======================================================================[.rst:
bpf_generate_bindings
---------------------

.. command:: bpf_generate_bindings

  Adds a target for a header of kernel types, and a codegen target that writes
  it from BTF::

    bpf_generate_bindings(<name>
                          OUTPUT <header>
                          [TYPES <spec>... | FULL]
                          [OBJECTS <target>...] [SOURCES <file>...]
                          [CLOSURE <fields|value|pointer>]
                          [KFUNCS <name>...]
                          [TRACEPOINTS <category>:<event>...]
                          [TRACEPOINTS_FROM [<arch>=]<file or folder>...]
                          [BTF [<arch>=]<file>...]
                          [BASE_BTF [<arch>=]<file>...])

  ``<name>`` is an INTERFACE target for BPF objects to link; it brings the
  header's directory.  The header is part of the source tree and meant to be
  committed: no build writes it, and building an object that includes it before
  it is there is an error that names the command to run.

  ``bpf-codegen-<name>`` writes this header, ``bpf-codegen`` all of them; neither
  is part of ``all``.  Both may be run with sudo: what they write belongs to the
  user who called sudo.  ``bpf-codegen-check-<name>`` and ``bpf-codegen-check``
  write nothing; they tell what ``BTF`` has otherwise than the headers, and fail
  on what CO-RE does not bridge and on a header that was made for another
  request.

  ``OUTPUT``
    The header, relative to the current source directory.
  ``TYPES``
    A type (``task_struct``, ``"struct foo"``, ``"enum bar"``, a typedef), which
    comes with all that it holds by value, or a type with the fields that are
    wanted (``task_struct:real_parent,tgid``), found by CO-RE wherever a kernel
    has them.  A field may be a path through other types
    (``task_struct:mm.exe_file.f_path.dentry``); names may have the wildcards
    ``*`` and ``?`` (``"bpf_*"``, ``tcp_sock:snd_*``).  ``enum:<enumerator>``
    is the enum that has an enumerator (``enum:BPF_MAP_TYPE_RINGBUF``).  Of
    several types of one name, ``console@name`` is the one that has this field,
    ``console@40`` the one of this size.
  ``FULL``
    Every type and kfunc, as in the classic ``vmlinux.h``.
  ``OBJECTS``
    Targets of :command:`add_bpf_object` and :command:`add_bpf_library`, of any
    directory.  The codegen target reads their sources with libclang, compiled as
    they are by these targets, and the header gets exactly what they use: fields
    where they are accessed by CO-RE, whole types where these count by size or
    layout, enumerators that are named.  It proves the header: it compiles each
    source with all types of the kernel and with the header, and if the two objects
    differ by more than CO-RE patches, it says where, and leaves the old header
    alone.  The header replaces a full ``vmlinux.h``, also one that the project's
    own ``vmlinux.h`` includes by another name.
  ``SOURCES``
    The same for files, compiled as :command:`add_bpf_object` does by default.
  ``CLOSURE``
    How far a whole type is followed: to its own ``fields``, what it embeds has
    its size but no fields; to all that it embeds by ``value``, the default; or
    through every ``pointer`` as well.
  ``KFUNCS``
    The prototypes of functions that the kernel has for programs to call
    (``bpf_task_from_pid``, ``"bpf_cpumask_*"``), with the types that these
    mention: defined, but without fields unless ``TYPES`` asks for some.
  ``TRACEPOINTS``
    A struct ``<event>_args`` with what the kernel hands to programs at a
    tracepoint (``syscalls:sys_enter_openat``, ``"sched:sched_process_*"``).
  ``TRACEPOINTS_FROM``
    A copy of ``/sys/kernel/tracing/events``, or of the ``format`` file of a
    single event.  If not given, the running kernel's, which may take sudo.  With
    kernels of several architectures one for each: ``x86=<copy> arm64=<copy>``.
  ``BTF``
    The kernel to read: raw BTF, an ELF file with a ``.BTF`` section, or a kernel
    image such as ``vmlinuz``; modules after it.  If not given,
    ``/sys/kernel/btf/vmlinux``, the running kernel's.  With kernels of several
    architectures, ``x86=<file> arm64=<file>``, the header is for all of these:
    types that differ stand under their ``__TARGET_ARCH_<arch>``.
  ``BASE_BTF``
    The kernel that the modules belong to, if ``BTF`` has only these.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildCompile.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildReadPrograms.cmake")

function(bpf_generate_bindings name)
  set(call "bpf_generate_bindings(${name})")
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "FULL" "OUTPUT;CLOSURE" "TYPES;OBJECTS;SOURCES;KFUNCS;TRACEPOINTS;TRACEPOINTS_FROM;BTF;BASE_BTF")
  _bpfbuild_check_arguments("${call}" arg
    EXPECTED OUTPUT TYPES FULL OBJECTS SOURCES CLOSURE KFUNCS TRACEPOINTS TRACEPOINTS_FROM BTF BASE_BTF)
  _bpfbuild_check_target("${call}" "${name}")
  if(NOT arg_OUTPUT)
    message(FATAL_ERROR "${call}: no OUTPUT; expected the header to write")
  endif()
  if(NOT arg_TYPES AND NOT arg_FULL AND NOT arg_OBJECTS AND NOT arg_SOURCES
      AND NOT arg_KFUNCS AND NOT arg_TRACEPOINTS)
    message(FATAL_ERROR "${call}: no TYPES; expected at least one, such as task_struct:real_parent,tgid, or OBJECTS, \
SOURCES, KFUNCS, TRACEPOINTS or FULL")
  endif()
  foreach(part IN ITEMS TYPES OBJECTS SOURCES KFUNCS)
    if(arg_${part} AND arg_FULL)
      message(FATAL_ERROR "${call}: both ${part} and FULL; leave out ${part}: FULL has all there is")
    endif()
  endforeach()
  if(DEFINED arg_TRACEPOINTS_FROM AND NOT arg_TRACEPOINTS)
    message(FATAL_ERROR "${call}: TRACEPOINTS_FROM without TRACEPOINTS; name the tracepoints, or leave it out")
  endif()
  set(programs)
  set(reads_programs FALSE)
  if(arg_OBJECTS OR arg_SOURCES)
    set(reads_programs TRUE)
  endif()
  if(reads_programs AND NOT BPFBUILD_PREBUILT_DIR)
    _bpfbuild_program_options("${call}" "${name}" programs OBJECTS ${arg_OBJECTS} SOURCES ${arg_SOURCES})
  endif()
  set(options)
  if(arg_FULL)
    list(APPEND options --full)
  endif()
  foreach(type IN LISTS arg_TYPES)
    list(APPEND options --type "${type}")
  endforeach()
  foreach(kfunc IN LISTS arg_KFUNCS)
    list(APPEND options --kfunc "${kfunc}")
  endforeach()
  foreach(tracepoint IN LISTS arg_TRACEPOINTS)
    list(APPEND options --tracepoint "${tracepoint}")
  endforeach()
  if(DEFINED arg_CLOSURE)
    if(NOT arg_CLOSURE MATCHES "^(fields|value|pointer)$")
      message(FATAL_ERROR "${call}: unknown CLOSURE '${arg_CLOSURE}'; expected fields, value or pointer")
    endif()
    list(APPEND options --closure "${arg_CLOSURE}")
  endif()
  if(NOT DEFINED arg_BTF)
    set(arg_BTF /sys/kernel/btf/vmlinux)
  endif()
  _bpfbuild_kernel_files("${call}" --btf "${arg_BTF}" btf)
  _bpfbuild_kernel_files("${call}" --base-btf "${arg_BASE_BTF}" base_btf)
  _bpfbuild_kernel_files("${call}" --tracepoints-from "${arg_TRACEPOINTS_FROM}" tracefs)
  cmake_path(ABSOLUTE_PATH arg_OUTPUT NORMALIZE OUTPUT_VARIABLE header)
  cmake_path(GET header PARENT_PATH folder)
  cmake_path(GET header FILENAME file_name)
  _bpfbuild_claim_header("${call}" "${name}" "${header}")

  # An include that does not find the header, with its folder in front or not, finds this file, behind it.
  set(fallback_folder "${CMAKE_CURRENT_BINARY_DIR}/${name}.missing")
  _bpfbuild_shell_quote("${CMAKE_BINARY_DIR}" build_dir)
  set(codegen "cmake --build ${build_dir} --target bpf-codegen-${name}")
  cmake_path(GET folder FILENAME parent)
  set(missing
"#pragma clang diagnostic fatal \"-W#warnings\"
#warning ${name}: '${arg_OUTPUT}' has not been generated yet; run: ${codegen}
")
  file(CONFIGURE OUTPUT "${fallback_folder}/${file_name}" CONTENT "${missing}" @ONLY)
  file(CONFIGURE OUTPUT "${fallback_folder}/${parent}/${file_name}" CONTENT "${missing}" @ONLY)

  add_library(${name} INTERFACE)
  target_include_directories(${name} INTERFACE "${folder}" "${fallback_folder}")

  set(command BpfBuild::bpfbuild header ${btf} ${base_btf} ${programs} ${tracefs} ${options}
    --regenerate-with "cmake --build build --target bpf-codegen-${name}" -o "${header}")
  if(reads_programs AND BPFBUILD_PREBUILT_DIR)
    set(command "${CMAKE_COMMAND}" -E echo "${name}: its programs are read with clang, \
so configure without BPFBUILD_PREBUILT_DIR"
      COMMAND "${CMAKE_COMMAND}" -E false)
  endif()
  add_custom_target(bpf-codegen-${name}
    COMMAND "${CMAKE_COMMAND}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildReturnOwnership.cmake"
    COMMAND ${command}
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    COMMENT "Writing kernel types ${arg_OUTPUT}"
    COMMAND_EXPAND_LISTS VERBATIM)
  if(TARGET bpf-codegen-${name}-headers)
    add_dependencies(bpf-codegen-${name} bpf-codegen-${name}-headers)
  endif()
  _bpfbuild_kernels_of_check("${btf}" "${base_btf}" kernels)
  set(check check "${header}" --clang "${CMAKE_BPF_COMPILER}")
  add_custom_target(bpf-codegen-check-${name}
    COMMAND "${CMAKE_COMMAND}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildReturnOwnership.cmake"
    COMMAND BpfBuild::bpfbuild ${check} ${kernels} ${options}
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    COMMENT "Comparing kernel types ${arg_OUTPUT}"
    VERBATIM)
  set_target_properties(${name} PROPERTIES _BPFBUILD_CHECK "${check};${options}" _BPFBUILD_KERNELS "${kernels}")

  foreach(target IN ITEMS bpf-codegen bpf-codegen-check)
    if(NOT TARGET ${target})
      add_custom_target(${target})
    endif()
    add_dependencies(${target} ${target}-${name})
  endforeach()
  _bpfbuild_tell_codegen("${header}" "${codegen}")
endfunction()

# Tells BpfBuildHint.sh by which command a header is written anew. The header itself
# names no folder: it is committed.
function(_bpfbuild_tell_codegen header command)
  get_property(is_written TARGET bpf-codegen PROPERTY _BPFBUILD_HEADERS SET)
  if(NOT is_written)
    file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-codegen.txt"
      CONTENT "$<JOIN:$<TARGET_PROPERTY:bpf-codegen,_BPFBUILD_HEADERS>,\n>\n")
  endif()
  set_property(TARGET bpf-codegen APPEND PROPERTY _BPFBUILD_HEADERS "${header}" "${command}")
endfunction()

# Sets <result> to what is <text> to a shell.
function(_bpfbuild_shell_quote text result)
  if(text MATCHES "[^A-Za-z0-9_@%+=:,./-]")
    string(REPLACE "'" "'\\''" text "${text}")
    set(text "'${text}'")
  endif()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# _bpfbuild_kernels_of_check(<btf> <base_btf> <result>)
#
# Sets <result> to the options for `bpfbuild check` that stand for the kernels of
# these options for `bpfbuild header`: there several files are several kernels,
# unless they are the modules of one.
function(_bpfbuild_kernels_of_check btf base_btf result)
  list(LENGTH btf count)
  if(base_btf OR count EQUAL 2 OR btf MATCHES "(^|;)[a-z0-9]+=")
    set(${result} ${btf} ${base_btf} PARENT_SCOPE)
    return()
  endif()
  list(SUBLIST btf 1 1 kernel)
  list(SUBLIST btf 2 -1 modules)
  set(${result} ${modules} --base-btf "${kernel}" PARENT_SCOPE)
endfunction()

# _bpfbuild_kernel_files(<call> <option> <arguments> <result>)
#
# Sets <result> to the options for bpfbuild that BTF, BASE_BTF or TRACEPOINTS_FROM
# come to.
function(_bpfbuild_kernel_files call option arguments result)
  set(options)
  foreach(argument IN LISTS arguments)
    set(prefix)
    if(argument MATCHES "^([^/=]+)=(.+)$")
      set(argument "${CMAKE_MATCH_2}")
      _bpfbuild_resolve_architectures("${call}" architecture "${CMAKE_MATCH_1}")
      set(prefix "${architecture}=")
    endif()
    cmake_path(ABSOLUTE_PATH argument)
    list(APPEND options ${option} "${prefix}${argument}")
  endforeach()
  set(${result} "${options}" PARENT_SCOPE)
endfunction()

# One target owns each header: two that write it would overwrite each other.
function(_bpfbuild_claim_header call name header)
  get_property(owner GLOBAL PROPERTY "_BPFBUILD_OWNER_OF_${header}")
  if(owner)
    message(FATAL_ERROR "${call}: OUTPUT '${header}' is written by '${owner}' already; \
choose another file, or link ${owner}")
  endif()
  set_property(GLOBAL PROPERTY "_BPFBUILD_OWNER_OF_${header}" "${name}")
endfunction()
