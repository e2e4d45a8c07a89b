#[=======================================================================[.rst:
bpf_generate_bindings
---------------------

.. command:: bpf_generate_bindings

  Adds a target for a header of kernel types, and a codegen target that writes
  it from BTF::

    bpf_generate_bindings(<name>
                          OUTPUT <header>
                          TYPES <spec>...
                          [BTF <file>])

  ``<name>`` is an INTERFACE target for BPF objects to link; it brings the
  header's directory.  The header is part of the source tree and meant to be
  committed: no build writes it, and building an object that includes it before
  it is there is an error that names the command to run.

  ``bpf-codegen-<name>`` writes this header, ``bpf-codegen`` all of them; neither
  is part of ``all``.  Both may be run with sudo: what they write belongs to the
  user who called sudo.

  ``OUTPUT``
    The header, relative to the current source directory.
  ``TYPES``
    A type (``task_struct``, ``"struct foo"``, ``"enum bar"``, a typedef), which
    comes with all that it holds by value, or a type with the fields that are
    wanted (``task_struct:real_parent,tgid``), found by CO-RE wherever a kernel
    has them.  A field may be a path through other types
    (``task_struct:mm.exe_file.f_path.dentry``); names may have the wildcards
    ``*`` and ``?`` (``"bpf_*"``, ``tcp_sock:snd_*``).  ``enum:<enumerator>``
    is the enum that has an enumerator (``enum:BPF_MAP_TYPE_RINGBUF``).
  ``BTF``
    The kernel to read: raw BTF, an ELF file with a ``.BTF`` section, or a kernel
    image such as ``vmlinuz``.  If not given, ``/sys/kernel/btf/vmlinux``, the
    running kernel's.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")

function(bpf_generate_bindings name)
  set(call "bpf_generate_bindings(${name})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUTPUT;BTF" "TYPES")
  _bpfbuild_check_arguments("${call}" arg EXPECTED OUTPUT TYPES BTF)
  _bpfbuild_check_target("${call}" "${name}")
  if(NOT arg_OUTPUT)
    message(FATAL_ERROR "${call}: no OUTPUT; expected the header to write")
  endif()
  if(NOT arg_TYPES)
    message(FATAL_ERROR "${call}: no TYPES; expected at least one, such as task_struct:real_parent,tgid")
  endif()
  if(NOT DEFINED arg_BTF)
    set(arg_BTF /sys/kernel/btf/vmlinux)
  endif()
  cmake_path(ABSOLUTE_PATH arg_BTF)
  cmake_path(ABSOLUTE_PATH arg_OUTPUT NORMALIZE OUTPUT_VARIABLE header)
  cmake_path(GET header PARENT_PATH folder)
  cmake_path(GET header FILENAME file_name)
  _bpfbuild_claim_header("${call}" "${name}" "${header}")

  # An include that does not find the header finds this file, behind it.
  set(fallback_folder "${CMAKE_CURRENT_BINARY_DIR}/${name}.missing")
  set(codegen "--target bpf-codegen-${name}")
  file(CONFIGURE OUTPUT "${fallback_folder}/${file_name}" CONTENT
"#pragma clang diagnostic fatal \"-W#warnings\"
#warning ${name}: '${arg_OUTPUT}' has not been generated yet; run: cmake --build ${CMAKE_BINARY_DIR} ${codegen}
" @ONLY)

  add_library(${name} INTERFACE)
  target_include_directories(${name} INTERFACE "${folder}" "${fallback_folder}")

  list(TRANSFORM arg_TYPES PREPEND "--type;" OUTPUT_VARIABLE type_options)
  add_custom_target(bpf-codegen-${name}
    COMMAND "${CMAKE_COMMAND}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildReturnOwnership.cmake"
    COMMAND BpfBuild::bpfbuild header --btf "${arg_BTF}" ${type_options}
      --regenerate-with "cmake --build build ${codegen}" -o "${header}"
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    COMMENT "Writing kernel types ${arg_OUTPUT}"
    VERBATIM)
  if(NOT TARGET bpf-codegen)
    add_custom_target(bpf-codegen)
  endif()
  add_dependencies(bpf-codegen bpf-codegen-${name})
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
