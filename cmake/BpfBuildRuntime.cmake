# BpfBuild::log and BpfBuild::runtime: what BPF programs and their user space include.

# _bpfbuild_add_runtime(<headers> <sources>)
#
# Adds both, from these folders.  BpfBuild::runtime is compiled as a part of the
# project, by whatever compiler and for whatever system that is, if something
# links it; in a project without C++ it is an error of the compiler that says so.
function(_bpfbuild_add_runtime header_folder source_folder)
  if(NOT TARGET BpfBuild::log)
    add_library(BpfBuild::log INTERFACE IMPORTED GLOBAL)
    target_include_directories(BpfBuild::log INTERFACE "${header_folder}")
  endif()
  if(TARGET bpfbuild_runtime)
    return()
  elseif(NOT CMAKE_CXX_COMPILE_OBJECT) # of this directory
    if(NOT TARGET BpfBuild::runtime)
      add_library(BpfBuild::runtime INTERFACE IMPORTED)
      target_include_directories(BpfBuild::runtime INTERFACE "${header_folder}")
    endif()
    set_property(TARGET BpfBuild::runtime PROPERTY INTERFACE_COMPILE_DEFINITIONS BPFBUILD_RUNTIME_WITHOUT_CXX)
    return()
  endif()
  add_subdirectory("${source_folder}" "${CMAKE_CURRENT_BINARY_DIR}/bpfbuild-runtime" EXCLUDE_FROM_ALL)
  if(TARGET BpfBuild::runtime)
    # Of a directory above, where C++ was not enabled yet.
    set_property(TARGET BpfBuild::runtime PROPERTY INTERFACE_LINK_LIBRARIES bpfbuild_runtime)
    set_property(TARGET BpfBuild::runtime PROPERTY INTERFACE_COMPILE_DEFINITIONS)
  else()
    add_library(BpfBuild::runtime ALIAS bpfbuild_runtime)
  endif()
endfunction()
