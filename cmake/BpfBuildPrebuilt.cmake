# BPF objects and skeletons that were built elsewhere, for machines without clang
# and bpftool.
#
# Target bpf-prebuilt fills <build>/bpf-prebuilt with a folder for each object:
# the object, its skeletons, and sources.txt with the hashes of its sources.  A
# build with the cache variable BPFBUILD_PREBUILT_DIR takes them from such a folder.

# _bpfbuild_add_prebuilt_target(<object>...)
#
# Adds bpf-prebuilt, which copies the objects.
function(_bpfbuild_add_prebuilt_target)
  get_property(commands GLOBAL PROPERTY _BPFBUILD_PREBUILT)
  get_property(types GLOBAL PROPERTY _BPFBUILD_TYPES)
  list(TRANSFORM types APPEND "-types")
  set(list "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-prebuilt")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    string(APPEND list "-$<CONFIG>")
  endif()
  # CMake would evaluate it for every language of the project.
  file(GENERATE OUTPUT "${list}.cmake" CONTENT "${commands}" CONDITION "$<COMPILE_LANGUAGE:BPF>")
  add_custom_target(bpf-prebuilt
    COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${CMAKE_BINARY_DIR}/bpf-prebuilt" "-DLIST=${list}.cmake"
      -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildCopyPrebuilt.cmake"
    COMMENT "Copying BPF objects and skeletons to bpf-prebuilt"
    VERBATIM)
  add_dependencies(bpf-prebuilt ${ARGN} ${types})
endfunction()

# _bpfbuild_take_prebuilt(<call> <type> <target> <source>...)
#
# Adds library <target>: a STATIC one, which is an object, with the prebuilt file;
# an OBJECT one, whose code is in the objects already, without code.  Ends the
# configuration when the file is not there or is no BPF object.
function(_bpfbuild_take_prebuilt call type target)
  if(type STREQUAL "OBJECT")
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
  _bpfbuild_check_prebuilt_file("${call}" "${BPFBUILD_PREBUILT_DIR}/${target}/sources.txt")
  set_source_files_properties("${file}" PROPERTIES EXTERNAL_OBJECT ON)
  add_library(${target} STATIC "${file}" ${ARGN})
  set_target_properties(${target} PROPERTIES
    LINKER_LANGUAGE BPF
    ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
    STATIC_LIBRARY_OPTIONS
      "SHELL:-- \"${CMAKE_COMMAND}\" -P \"${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildCopyObject.cmake\"")
endfunction()

# _bpfbuild_leave_sources(<target>)
#
# Has none of the sources of <target> compiled.  Ends the configuration when it is an object that
# was built from others.
function(_bpfbuild_leave_sources target)
  _bpfbuild_source_paths(${target} sources)
  set_property(SOURCE ${sources} TARGET_DIRECTORY ${target} PROPERTY HEADER_FILE_ONLY ON)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "OBJECT_LIBRARY")
    return()
  endif()
  file(READ "${BPFBUILD_PREBUILT_DIR}/${target}/sources.txt" hashes)
  foreach(source IN LISTS sources)
    if(EXISTS "${source}") # else the build generates it
      file(SHA256 "${source}" hash)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
      if(NOT hashes MATCHES "${hash}")
        message(FATAL_ERROR "add_bpf_object(${target}): '${source}' is not what \
'${BPFBUILD_PREBUILT_DIR}/${target}/${target}.bpf.o' was built from; build target bpf-prebuilt again, and copy its folder")
      endif()
    endif()
  endforeach()
endfunction()

# _bpfbuild_check_prebuilt_file(<call> <file>)
function(_bpfbuild_check_prebuilt_file call file)
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "${call}: '${file}' is not there; \
build target bpf-prebuilt where clang and bpftool are, and copy its folder")
  endif()
endfunction()
