#[=======================================================================[.rst:
bpf_generate_min_btf
--------------------

.. command:: bpf_generate_min_btf

  Adds what BPF objects need on kernels that have no BTF of their own: of the BTF
  of many kernels, such as BTFHub has, just the types that the objects use::

    bpf_generate_min_btf(<name> OBJECTS <object>... BTF <file or folder>...)

  ``<name>`` is a target for user space to link.  It brings the header ``<name>.h``,
  with ``const char *<name>_btf_path(void)``: a file with the types of the running
  kernel for libbpf's ``bpf_object_open_opts.btf_custom_path``, NULL on kernels that
  have BTF themselves.  The types are a part of the program: a few kB for a kernel.

  ``OBJECTS``
    Targets of :command:`add_bpf_object`.
  ``BTF``
    Raw BTF or ELF files named by the release of the kernel, as uname -r tells it
    (``5.4.0-91-generic.btf``), and folders with ``<release>.btf``,
    ``<machine>/<release>.btf`` or ``<system>/<version>/<machine>/<release>.btf``, which
    is how BTFHub has them; the latter are for the system with this ``ID`` and
    ``VERSION_ID`` in ``/etc/os-release``.  Each may be packed, as ``.btf.tar.xz``.
#]=======================================================================]
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildEmbed.cmake")

function(bpf_generate_min_btf name)
  set(call "bpf_generate_min_btf(${name})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "OBJECTS;BTF")
  _bpfbuild_check_arguments("${call}" arg EXPECTED OBJECTS BTF)
  _bpfbuild_check_target("${call}" "${name}")
  foreach(needed IN ITEMS OBJECTS BTF)
    if(NOT arg_${needed})
      message(FATAL_ERROR "${call}: no ${needed}; expected at least one")
    endif()
  endforeach()
  set(object_files "")
  foreach(object IN LISTS arg_OBJECTS)
    if(NOT TARGET ${object})
      message(FATAL_ERROR "${call}: there is no target '${object}'; OBJECTS are those of add_bpf_object()")
    endif()
    list(APPEND object_files "$<TARGET_FILE:${object}>")
  endforeach()
  if(NOT BPFBUILD_BPFTOOL OR NOT EXISTS "${BPFBUILD_BPFTOOL}")
    # A build from BPFBUILD_PREBUILT_DIR has not looked for it.
    _bpfbuild_find_bpftool(error)
    if(error)
      message(FATAL_ERROR "${call}: ${error}")
    endif()
  endif()
  _bpfbuild_find_btf("${call}" kernels files ${arg_BTF})
  list(JOIN arg_OBJECTS " and " objects)
  string(MAKE_C_IDENTIFIER "${name}" identifier)

  set(base "${CMAKE_CURRENT_BINARY_DIR}/${name}.min-btf")
  set(folder "${base}")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    string(APPEND folder "/$<CONFIG>")
  endif()
  set(outputs "")
  set(declarations "")
  set(entries "")
  set(assembly "")
  foreach(kernel file IN ZIP_LISTS kernels files)
    set(output "${folder}/${kernel}.btf")
    add_custom_command(
      OUTPUT "${output}"
      COMMAND "${CMAKE_COMMAND}" "-DBPFTOOL=${BPFBUILD_BPFTOOL}" "-DBTF=${file}" "-DOBJECTS=${object_files}"
        "-DOUTPUT=${output}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildTakeMinBtf.cmake"
      DEPENDS ${arg_OBJECTS} ${object_files} "${file}" "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt"
      COMMENT "Writing BTF for ${kernel}"
      VERBATIM)
    list(LENGTH outputs number)
    set(symbol "${identifier}_btf_${number}")
    _bpfbuild_incbin(code ${symbol} "\" BTF_DIR \"/${kernel}.btf")
    string(APPEND assembly "${code}")
    string(APPEND declarations "extern const char ${symbol}[], ${symbol}_end[];\n")
    string(APPEND entries "  {\"${kernel}\", ${symbol}, ${symbol}_end},\n")
    list(APPEND outputs "${output}")
  endforeach()

  configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildMinBtf.h.in" "${base}/${name}.h" @ONLY)
  set(code "#include \"${base}/${name}.h\"

#ifdef __cplusplus
extern \"C\" {
#endif
${declarations}
extern const struct ${identifier}_btf ${identifier}_btfs[];
const struct ${identifier}_btf ${identifier}_btfs[] = {
${entries}  {0, 0, 0}};
#ifdef __cplusplus
}
#endif

${assembly}")
  _bpfbuild_add_embedded("${call}" ${name}-embedded "${base}" "${folder}" "${code}" ${outputs})
  target_compile_definitions(${name}-embedded PRIVATE "BTF_DIR=\"${folder}\"")
  add_library(${name} INTERFACE)
  target_include_directories(${name} SYSTEM INTERFACE "${base}")
  target_link_libraries(${name} INTERFACE ${name}-embedded)
endfunction()

# Sets <kernels> to the names of the kernels that files and folders have BTF of, and
# <files> to where that is.
function(_bpfbuild_find_btf call kernels files)
  set(names "")
  set(paths "")
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source NORMALIZE)
    if(IS_DIRECTORY "${source}")
      file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE "${source}"
        "${source}/*.btf" "${source}/*.btf.tar.xz")
      if(NOT found)
        message(FATAL_ERROR "${call}: no *.btf or *.btf.tar.xz in '${source}'; take a folder of BTFHub's")
      endif()
      set(folder "${source}")
    elseif(EXISTS "${source}")
      cmake_path(GET source PARENT_PATH folder)
      cmake_path(GET source FILENAME found)
    else()
      message(FATAL_ERROR "${call}: BTF '${source}' is not there")
    endif()
    foreach(file IN LISTS found)
      string(REGEX REPLACE "\\.btf(\\.tar\\.[a-z0-9]+)?$" "" name "${file}")
      if(name IN_LIST names)
        message(FATAL_ERROR "${call}: there is BTF of '${name}' twice; keep one of '${folder}/${file}' and the other")
      endif()
      list(APPEND names "${name}")
      list(APPEND paths "${folder}/${file}")
    endforeach()
  endforeach()
  set(${kernels} "${names}" PARENT_SCOPE)
  set(${files} "${paths}" PARENT_SCOPE)
endfunction()
