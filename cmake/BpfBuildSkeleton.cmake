# Skeletons: a BPF object as a C header for user space.

# _bpfbuild_add_headers(<call> <object> <name>)
#
# Adds <object>::types and the skeletons of <object>, <object>::skeleton with
# <name>.skel.h and so on, as the arguments of the caller ask for, and has <object>
# linked as the caller's settings say, and the skeletons written with it.
function(_bpfbuild_add_headers call object name)
  set_property(GLOBAL APPEND PROPERTY _BPFBUILD_OBJECTS ${object})
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${object}.skeleton")
  if(BPFBUILD_PREBUILT_DIR)
    set(folder "${BPFBUILD_PREBUILT_DIR}/${object}")
  elseif(CMAKE_CONFIGURATION_TYPES)
    string(APPEND folder "/$<CONFIG>")
  endif()
  string(MAKE_C_IDENTIFIER "${name}_bpf" struct)
  if(arg_SKELETON_STRUCT)
    string(MAKE_C_IDENTIFIER "${arg_SKELETON_STRUCT}${suffix}" struct)
  endif()
  set(options "${link_options}")
  set(libraries BpfBuild::libbpf)
  set(skeletons "")
  set(aliases "")
  set(types_header "")
  if("${arg_EXPORT_TYPES}${arg_SHARED_HEADERS}${arg_NO_SKELETON}${arg_LIGHT_SKELETON}${arg_SUBSKELETON}${arg_EMBED}"
      STREQUAL "FALSEFALSEFALSEFALSE")
    _bpfbuild_add_skeleton(skeleton skeleton "${name}.skel.h")
  else()
    _bpfbuild_add_headers_on_request()
  endif()

  if(skeletons)
    # As sources, the skeletons make consumers in every directory wait for them.
    add_library(${object}-skeleton INTERFACE EXCLUDE_FROM_ALL ${skeletons})
    # Warnings in a generated header help nobody.
    set_target_properties(${object}-skeleton PROPERTIES
      INTERFACE_INCLUDE_DIRECTORIES "${folder}"
      INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${folder}"
      INTERFACE_LINK_LIBRARIES "${libraries}")
    foreach(alias IN LISTS aliases)
      add_library(${alias} ALIAS ${object}-skeleton)
    endforeach()
  endif()

  if(BPFBUILD_PREBUILT_DIR)
    foreach(header IN LISTS skeletons types_header)
      _bpfbuild_check_prebuilt_file("${call}" "${header}")
    endforeach()
    return()
  endif()
  if(skeletons)
    if(CMAKE_GENERATOR MATCHES "Makefiles")
      _bpfbuild_remake_with(${object} "$<TARGET_FILE:${object}>" ${skeletons})
    else()
      # Nothing to do, but the build learns which files the link has written.
      add_custom_command(TARGET ${object} POST_BUILD COMMAND true BYPRODUCTS ${skeletons} VERBATIM)
    endif()
    add_dependencies(${object}-skeleton ${object})
    # CMake tells it to whoever links the object itself, for no target is called so. An export,
    # which has the object as its file, asks in the object's own name.
    set_property(TARGET ${object} PROPERTY INTERFACE_LINK_LIBRARIES
      "$<BUILD_INTERFACE:$<$<NOT:$<STREQUAL:$<TARGET_PROPERTY:NAME>,${object}>>:\
${object} is a BPF object: user space links ${object}::skeleton, and BPF code an add_bpf_library()>>")
  endif()
  set_target_properties(${object} PROPERTIES
    BPF_CHECK "${BPFBUILD_CHECK_OBJECTS}"
    _BPFBUILD_IS_CHECKED "${BPFBUILD_CHECK_OBJECTS}"
    # What links the target: see CMAKE_BPF_CREATE_STATIC_LIBRARY.
    ${link_property} "${options} -- ${linker}")
  # For bpf-prebuilt.
  set_property(GLOBAL APPEND_STRING PROPERTY _BPFBUILD_PREBUILT "copy([[${object}]] \
[[$<TARGET_FILE:${object}>]] [[$<TARGET_PROPERTY:${object},_BPFBUILD_SOURCES>]] [[${skeletons};${types_header}]])\n")
endfunction()

# _bpfbuild_remake_with(<object> <file> <header>...)
#
# Has <file>, which headers are written with, made again when one of them is not there: make does not ask for
# byproducts.  <object>, which all of them wait for, looks.
function(_bpfbuild_remake_with object file)
  add_custom_command(OUTPUT ${ARGN} COMMAND "${CMAKE_COMMAND}" -E rm -f "${file}" COMMENT "" VERBATIM)
  target_sources(${object} PRIVATE ${ARGN})
endfunction()

# Adds <header>, which 'bpftool gen <kind>' writes, to what <object>::<target> brings.
macro(_bpfbuild_add_skeleton target kind header)
  list(APPEND skeletons "${folder}/${header}")
  list(APPEND aliases ${object}::${target})
  string(APPEND options " --skeleton \"${kind}\" \"${folder}/${header}\" ${struct}")
endmacro()

# What _bpfbuild_add_headers() adds where the arguments ask for more than a skeleton, or for none.
macro(_bpfbuild_add_headers_on_request)
  if(arg_NO_SKELETON)
    foreach(other IN ITEMS SKELETON_STRUCT LIGHT_SKELETON SUBSKELETON EMBED)
      if(arg_${other})
        message(FATAL_ERROR "${call}: both ${other} and NO_SKELETON are given; leave one out")
      endif()
    endforeach()
  endif()
  if(arg_EXPORT_TYPES)
    set(types_header "${folder}/${name}.types.h")
    _bpfbuild_add_types("${call}" ${object} "${folder}" "${name}.types.h"
      TYPES ${arg_EXPORT_TYPES} SHARED_HEADERS ${arg_SHARED_HEADERS})
    list(APPEND libraries ${object}-types)
    string(APPEND options " --include \"${name}.types.h\"")
  elseif(arg_SHARED_HEADERS)
    message(FATAL_ERROR "${call}: SHARED_HEADERS without EXPORT_TYPES; name the types that they define")
  endif()
  if(arg_LIGHT_SKELETON)
    _bpfbuild_add_skeleton(light-skeleton "skeleton -L" "${name}.lskel.h")
  endif()
  if(arg_SUBSKELETON)
    _bpfbuild_add_skeleton(subskeleton subskeleton "${name}.subskel.h")
  endif()
  if(arg_EMBED)
    _bpfbuild_embed_object("${call}" ${object} "${folder}" symbol)
    list(APPEND libraries ${object}-embedded)
    string(APPEND options " --embedded ${symbol}")
  endif()
  if(NOT arg_NO_SKELETON)
    _bpfbuild_add_skeleton(skeleton skeleton "${name}.skel.h")
  endif()
endmacro()
