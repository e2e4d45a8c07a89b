# BPF objects and skeletons that were built elsewhere, for machines without clang
# and bpftool.
#
# Target bpf-prebuilt fills <build>/bpf-prebuilt with a folder for each object:
# the object, its skeletons, and sources.txt with the hashes of its sources.  A
# build with the cache variable BPFBUILD_PREBUILT_DIR takes them from such a folder.

# _bpfbuild_offer_prebuilt(<object> SOURCES <file>... HEADERS <skeleton>...)
#
# Makes bpf-prebuilt copy <object>.
function(_bpfbuild_offer_prebuilt object)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS")
  get_property(objects GLOBAL PROPERTY _BPFBUILD_OBJECTS)
  if(NOT objects)
    # When all objects are known.
    cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _bpfbuild_add_prebuilt_target)
  endif()
  set_property(GLOBAL APPEND PROPERTY _BPFBUILD_OBJECTS ${object})
  set_property(GLOBAL APPEND_STRING PROPERTY _BPFBUILD_PREBUILT
    "copy([[${object}]] [[${CMAKE_CURRENT_SOURCE_DIR}]] [[$<TARGET_FILE:${object}>]] [[${arg_SOURCES}]] [[${arg_HEADERS}]])\n")
endfunction()

function(_bpfbuild_add_prebuilt_target)
  get_property(objects GLOBAL PROPERTY _BPFBUILD_OBJECTS)
  get_property(commands GLOBAL PROPERTY _BPFBUILD_PREBUILT)
  set(list "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-prebuilt")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    string(APPEND list "-$<CONFIG>")
  endif()
  file(GENERATE OUTPUT "${list}.cmake" CONTENT "${commands}")
  set(dependencies ${objects})
  foreach(object IN LISTS objects)
    foreach(kind IN ITEMS types skeleton light-skeleton subskeleton)
      if(TARGET ${object}-${kind})
        list(APPEND dependencies ${object}-${kind})
      endif()
    endforeach()
  endforeach()
  add_custom_target(bpf-prebuilt
    COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${CMAKE_BINARY_DIR}/bpf-prebuilt" "-DLIST=${list}.cmake"
      -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildCopyPrebuilt.cmake"
    COMMENT "Copying BPF objects and skeletons to bpf-prebuilt"
    VERBATIM)
  add_dependencies(bpf-prebuilt ${dependencies})
endfunction()

# _bpfbuild_take_prebuilt(<call> <type> <target> <source>...)
#
# Adds library <target>: a STATIC one, which is an object, with the prebuilt file;
# an OBJECT one, whose code is in the objects already, without code.  Ends the
# configuration when the file is not there, is no BPF object, or was built from
# other sources.
function(_bpfbuild_take_prebuilt call type target)
  if(type STREQUAL "OBJECT")
    set_source_files_properties(${ARGN} PROPERTIES HEADER_FILE_ONLY ON)
    add_library(${target} OBJECT ${ARGN})
    return()
  endif()

  set(file "${BPFBUILD_PREBUILT_DIR}/${target}/${target}.bpf.o")
  _bpfbuild_check_prebuilt_file("${call}" "${file}")
  file(READ "${file}" header LIMIT 20 HEX)
  if(NOT header MATCHES "^7f454c46.*(f700|00f7)$")
    message(FATAL_ERROR "${call}: '${file}' is no BPF object; \
build target bpf-prebuilt where clang and bpftool are, and copy its folder")
  endif()
  set(hash_file "${BPFBUILD_PREBUILT_DIR}/${target}/sources.txt")
  _bpfbuild_check_prebuilt_file("${call}" "${hash_file}")
  file(READ "${hash_file}" hashes)
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source)
    file(SHA256 "${source}" hash)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
    if(NOT hashes MATCHES "${hash}")
      message(FATAL_ERROR "${call}: '${source}' is not what '${file}' was built from; \
build target bpf-prebuilt again, and copy its folder")
    endif()
  endforeach()
  set_source_files_properties("${file}" PROPERTIES EXTERNAL_OBJECT ON)
  add_library(${target} STATIC "${file}")
  set_target_properties(${target} PROPERTIES
    ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
    STATIC_LIBRARY_OPTIONS
      "SHELL:\"${CMAKE_COMMAND}\" -P \"${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildCopyObject.cmake\"")
endfunction()

# _bpfbuild_check_prebuilt_file(<call> <file>)
function(_bpfbuild_check_prebuilt_file call file)
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "${call}: '${file}' is not there; \
build target bpf-prebuilt where clang and bpftool are, and copy its folder")
  endif()
endfunction()
