# The first process of guests, vm/init.cpp, for each architecture that there is a compiler for: this project's, and
# GNU's cross compilers by the names that Debian and Fedora give them. They are a part of the tool, as vm/fetch_kernel.sh is, see vm/embedded.cpp;
# without one the tool says what it lacks when it is to start such a guest.

# Sets <result> to whether <compiler> links statically, in the cache.
function(_bpfbuild_check_static_linking compiler result)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/vm/static.cpp")
  file(WRITE "${source}" "#include <cstdio>\nint main() { std::puts(\"\"); }\n")
  execute_process(COMMAND "${compiler}" -static "${source}" -o "${source}.out"
    OUTPUT_QUIET ERROR_QUIET RESULT_VARIABLE status)
  if(status EQUAL 0)
    set(linked ON)
  else()
    set(linked OFF)
  endif()
  set(${result} ${linked} CACHE INTERNAL "Whether ${compiler} links statically")
endfunction()

# Adds them to <target>.
function(_bpfbuild_add_embedded_files target)
  set(source "${CMAKE_CURRENT_SOURCE_DIR}/vm/init.cpp")
  set(script "${CMAKE_CURRENT_SOURCE_DIR}/vm/fetch_kernel.sh")
  set(definitions "FETCH_KERNEL=\"${script}\"")
  set(files "${script}")
  foreach(architecture IN ITEMS X86:x86_64 ARM64:aarch64 S390:s390x)
    string(REGEX REPLACE ":.*" "" name "${architecture}")
    string(REGEX REPLACE ".*:" "" machine "${architecture}")
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL machine)
      set(compiler "${CMAKE_CXX_COMPILER}")
    else()
      find_program(BPFBUILD_INIT_COMPILER_${name} ${machine}-linux-gnu-g++
        DOC "Compiler for the first process of guests of ${machine}")
      mark_as_advanced(BPFBUILD_INIT_COMPILER_${name})
      set(compiler "${BPFBUILD_INIT_COMPILER_${name}}")
    endif()
    if(NOT compiler)
      continue()
    endif()
    string(MAKE_C_IDENTIFIER "BPFBUILD_LINKS_STATICALLY_${compiler}" linked)
    if(NOT DEFINED ${linked})
      _bpfbuild_check_static_linking("${compiler}" ${linked})
    endif()
    if(NOT ${linked})
      message(STATUS "BpfBuild: '${compiler}' cannot link statically, so there are no guests of ${machine}")
      continue()
    endif()
    set(program "${CMAKE_CURRENT_BINARY_DIR}/vm/init-${machine}")
    add_custom_command(
      OUTPUT "${program}"
      COMMAND "${compiler}" -std=c++20 -Os -static -s -fno-exceptions -fno-rtti -Wall -Wextra
        "${source}" -o "${program}"
      DEPENDS "${source}" "${CMAKE_CURRENT_SOURCE_DIR}/vm/protocol.hpp"
      COMMENT "Linking the first process of guests of ${machine}"
      VERBATIM)
    list(APPEND files "${program}")
    list(APPEND definitions "INIT_${name}=\"${program}\"")
  endforeach()
  # The compiler does not say which files the assembler reads; and these are no work for the optimiser at link time.
  set_source_files_properties(vm/embedded.cpp PROPERTIES
    OBJECT_DEPENDS "${files}" COMPILE_DEFINITIONS "${definitions}" COMPILE_OPTIONS -fno-lto)
  target_sources(${target} PRIVATE vm/embedded.cpp)
endfunction()
