# What a BPF build is made with: clang, bpftool and libbpf.
#
# _bpfbuild_find_tools() finds and checks them; the others make the results
# known to the build.  All checks are of the programs themselves, made at each
# configuration: a version in the cache says nothing about what a package
# upgrade has put in its place.

# _bpfbuild_find_tools(<problem>)
#
# Finds clang, bpftool and libbpf, sets the cache variables that
# BpfBuildConfig.cmake names, and sets <problem> to what is missing and how to
# get it, empty when nothing is.
function(_bpfbuild_find_tools problem)
  _bpfbuild_needed_tools(tools)
  foreach(tool IN LISTS tools)
    cmake_language(CALL _bpfbuild_find_${tool} error)
    if(error)
      set(${problem} "BpfBuild: ${error}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  if("bpftool" IN_LIST tools)
    _bpfbuild_check_skew(error)
    if(error)
      set(${problem} "BpfBuild: ${error}" PARENT_SCOPE)
      return()
    endif()
  endif()
  set(${problem} "" PARENT_SCOPE)
endfunction()

# Sets <tools> to what this build needs: objects that are built already need no
# compiler and no linker.
function(_bpfbuild_needed_tools tools)
  if(BPFBUILD_PREBUILT_DIR)
    set(${tools} libbpf PARENT_SCOPE)
  else()
    set(${tools} clang bpftool libbpf PARENT_SCOPE)
  endif()
endfunction()

# _bpfbuild_minimum_version(<tool> <version>)
#
# Sets <version> to the oldest clang, bpftool or libbpf that will do.
function(_bpfbuild_minimum_version tool version)
  set(clang 12)
  set(bpftool 5.13) # the first with 'gen object'
  set(libbpf 1.1)
  set(${version} "${${tool}}" PARENT_SCOPE)
endfunction()

# _bpfbuild_find_clang(<error>)
#
# Sets CMAKE_BPF_COMPILER in the cache and the global property
# _BPFBUILD_CLANG_VERSION.
function(_bpfbuild_find_clang error)
  set(${error} "" PARENT_SCOPE)
  _bpfbuild_minimum_version(clang minimum)
  set(newest 30) # of the clang-<N> that are looked for
  if(CMAKE_BPF_COMPILER)
    set(names "${CMAKE_BPF_COMPILER}")
  elseif(NOT "$ENV{BPFCC}" STREQUAL "")
    set(names "$ENV{BPFCC}")
  else()
    set(names clang)
    foreach(version RANGE ${minimum} ${newest})
      list(INSERT names 1 clang-${version})
    endforeach()
  endif()

  set(rejected "")
  foreach(name IN LISTS names)
    set(candidate candidate-NOTFOUND) # whatever it is in the cache
    find_program(candidate NAMES "${name}" NO_CACHE)
    if(candidate)
      _bpfbuild_check_clang("${candidate}" "${minimum}" version reason)
      if(NOT reason)
        set(CMAKE_BPF_COMPILER "${candidate}" CACHE FILEPATH "clang, the BPF compiler" FORCE)
        mark_as_advanced(CMAKE_BPF_COMPILER)
        set_property(GLOBAL PROPERTY _BPFBUILD_CLANG_VERSION "${version}")
        return()
      endif()
      list(APPEND rejected "${reason}")
    elseif(CMAKE_BPF_COMPILER)
      list(APPEND rejected "CMAKE_BPF_COMPILER is '${name}', which is not there")
    elseif(NOT "$ENV{BPFCC}" STREQUAL "")
      list(APPEND rejected "BPFCC in the environment is '${name}', which is not there")
    endif()
  endforeach()

  list(JOIN rejected "; " found)
  if(NOT found)
    set(found "no clang found in PATH")
  endif()
  set(${error} "${found}; ${minimum} or newer is needed, with the BPF backend \
(install it, Debian and Ubuntu: apt install clang, or set CMAKE_BPF_COMPILER)" PARENT_SCOPE)
endfunction()

# Sets <version>, and <reason> to why <program> cannot compile BPF.
function(_bpfbuild_check_clang program minimum version reason)
  # Says the version and tries the backend at once, for clang takes long to start.
  execute_process(COMMAND "${program}" -v --target=bpfel -x c -c /dev/null -o /dev/null
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  set(${reason} "" PARENT_SCOPE)
  if(NOT output MATCHES "clang version ([0-9]+(\\.[0-9]+)*)")
    set(${reason} "'${program}' is not clang" PARENT_SCOPE)
    return()
  endif()
  set(found "${CMAKE_MATCH_1}")
  set(${version} "${found}" PARENT_SCOPE)
  if(found VERSION_LESS minimum)
    set(${reason} "clang ${found} at '${program}' is too old" PARENT_SCOPE)
    return()
  endif()
  if(NOT result EQUAL 0)
    set(${reason} "clang ${found} at '${program}' has no BPF backend" PARENT_SCOPE)
  endif()
endfunction()

# _bpfbuild_find_bpftool(<error>)
#
# Sets BPFBUILD_BPFTOOL in the cache and the global property
# _BPFBUILD_BPFTOOL_VERSION.  Ubuntu's /usr/sbin/bpftool is a script that fails
# unless tools for the running kernel are installed; the real ones are under
# /usr/lib/linux-tools.
function(_bpfbuild_find_bpftool error)
  set(${error} "" PARENT_SCOPE)
  _bpfbuild_minimum_version(bpftool minimum)
  set(in_path in_path-NOTFOUND) # whatever it is in the cache
  if(BPFBUILD_BPFTOOL)
    find_program(in_path NAMES "${BPFBUILD_BPFTOOL}" NO_CACHE)
    set(candidates "${BPFBUILD_BPFTOOL}")
    if(in_path)
      set(candidates "${in_path}")
    endif()
  else()
    find_program(in_path NAMES bpftool NO_CACHE)
    file(GLOB of_ubuntu /usr/lib/linux-tools/*/bpftool /usr/lib/linux-tools-*/bpftool)
    list(SORT of_ubuntu COMPARE NATURAL ORDER DESCENDING)
    set(candidates "${in_path}" /usr/local/sbin/bpftool /usr/sbin/bpftool /sbin/bpftool ${of_ubuntu})
    list(REMOVE_DUPLICATES candidates)
  endif()

  set(rejected "")
  foreach(candidate IN LISTS candidates)
    if(EXISTS "${candidate}")
      execute_process(COMMAND "${candidate}" version
        OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result)
      if(NOT result EQUAL 0 OR NOT output MATCHES "bpftool v([0-9]+(\\.[0-9]+)*)")
        list(APPEND rejected "'${candidate}' does not run (on Ubuntu: apt install linux-tools-generic)")
      elseif(CMAKE_MATCH_1 VERSION_LESS minimum)
        list(APPEND rejected "bpftool ${CMAKE_MATCH_1} at '${candidate}' is too old")
      else()
        set(BPFBUILD_BPFTOOL "${candidate}" CACHE FILEPATH "bpftool, the BPF linker" FORCE)
        mark_as_advanced(BPFBUILD_BPFTOOL)
        set_property(GLOBAL PROPERTY _BPFBUILD_BPFTOOL_VERSION "${CMAKE_MATCH_1}")
        return()
      endif()
    elseif(BPFBUILD_BPFTOOL)
      list(APPEND rejected "BPFBUILD_BPFTOOL is '${candidate}', which is not there")
    endif()
  endforeach()

  list(JOIN rejected "; " found)
  if(NOT found)
    set(found "no bpftool found in PATH, /usr/sbin or /usr/lib/linux-tools")
  endif()
  set(${error} "${found}; ${minimum} or newer is needed \
(install it, Debian: apt install bpftool, Ubuntu: apt install linux-tools-generic, or set BPFBUILD_BPFTOOL)"
    PARENT_SCOPE)
endfunction()

# _bpfbuild_find_libbpf(<error>)
#
# Sets BPFBUILD_LIBBPF_INCLUDE_DIR and BPFBUILD_LIBBPF_LIBRARY in the cache and
# the global property _BPFBUILD_LIBBPF_VERSION.
function(_bpfbuild_find_libbpf error)
  set(${error} "" PARENT_SCOPE)
  _bpfbuild_minimum_version(libbpf minimum)
  find_path(BPFBUILD_LIBBPF_INCLUDE_DIR NAMES bpf/bpf_helpers.h DOC "folder of libbpf's bpf/bpf_helpers.h")
  # In a project without C and C++, CMake does not know what libraries are called, and where they are.
  file(GLOB multiarch_folders "/usr/lib/${CMAKE_HOST_SYSTEM_PROCESSOR}-linux-gnu*")
  if(CMAKE_CROSSCOMPILING OR CMAKE_LIBRARY_ARCHITECTURE)
    set(multiarch_folders "")
  endif()
  find_library(BPFBUILD_LIBBPF_LIBRARY NAMES bpf libbpf.so libbpf.a PATHS ${multiarch_folders} /usr/lib64 /usr/lib
    DOC "libbpf")
  mark_as_advanced(BPFBUILD_LIBBPF_INCLUDE_DIR BPFBUILD_LIBBPF_LIBRARY)
  set(how_to_get "(install it, Debian and Ubuntu: apt install libbpf-dev, or set BPFBUILD_LIBBPF_INCLUDE_DIR \
and BPFBUILD_LIBBPF_LIBRARY)")

  if(NOT EXISTS "${BPFBUILD_LIBBPF_INCLUDE_DIR}/bpf/bpf_helpers.h")
    set(${error} "libbpf's headers (bpf/bpf_helpers.h) not found; \
libbpf ${minimum} or newer is needed ${how_to_get}" PARENT_SCOPE)
    return()
  endif()
  set(version 0)
  set(version_header "${BPFBUILD_LIBBPF_INCLUDE_DIR}/bpf/libbpf_version.h")
  if(EXISTS "${version_header}")
    file(STRINGS "${version_header}" lines REGEX "define LIBBPF_(MAJOR|MINOR)_VERSION")
    if(lines MATCHES "MAJOR_VERSION ([0-9]+).*MINOR_VERSION ([0-9]+)")
      set(version "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}")
    endif()
  endif()
  if(version VERSION_LESS minimum)
    set(${error} "libbpf ${version} in '${BPFBUILD_LIBBPF_INCLUDE_DIR}' is too old; \
${minimum} or newer is needed ${how_to_get}" PARENT_SCOPE)
    return()
  endif()
  if(NOT EXISTS "${BPFBUILD_LIBBPF_LIBRARY}")
    set(${error} "libbpf's headers are in '${BPFBUILD_LIBBPF_INCLUDE_DIR}', \
but the library not found ${how_to_get}" PARENT_SCOPE)
    return()
  endif()
  set_property(GLOBAL PROPERTY _BPFBUILD_LIBBPF_VERSION "${version}")
endfunction()

# _bpfbuild_check_skew(<error>)
#
# Sets <error> when a skeleton that bpftool writes does not compile with libbpf's
# headers, as one of a newer bpftool may not.
function(_bpfbuild_check_skew error)
  set(${error} "" PARENT_SCOPE)
  get_property(bpftool_version GLOBAL PROPERTY _BPFBUILD_BPFTOOL_VERSION)
  get_property(libbpf_version GLOBAL PROPERTY _BPFBUILD_LIBBPF_VERSION)
  file(TIMESTAMP "${BPFBUILD_BPFTOOL}" timestamp UTC)
  set(pair "${BPFBUILD_BPFTOOL} ${bpftool_version} ${timestamp} ${BPFBUILD_LIBBPF_INCLUDE_DIR} ${libbpf_version}")
  set(folder "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-skew")
  if(EXISTS "${folder}/fits.txt")
    file(READ "${folder}/fits.txt" known)
    if(known STREQUAL pair)
      return()
    endif()
  endif()

  file(WRITE "${folder}/test.c" "
struct { int (*type)[2]; int *key, *value; int (*max_entries)[1]; } map __attribute__((section(\".maps\"), used));
int variable = 0;
__attribute__((section(\"socket\"), used)) int program(void *context) { return variable; }
")
  execute_process(
    COMMAND "${CMAKE_BPF_COMPILER}" --target=bpf -g -O2 -c test.c -o test.o
    WORKING_DIRECTORY "${folder}" OUTPUT_QUIET ERROR_QUIET)
  execute_process(
    COMMAND "${BPFBUILD_BPFTOOL}" gen skeleton test.o name test
    WORKING_DIRECTORY "${folder}" OUTPUT_FILE test.skel.h ERROR_QUIET)
  execute_process(
    COMMAND "${CMAKE_BPF_COMPILER}" -fsyntax-only -Werror=implicit-function-declaration
      -I "${BPFBUILD_LIBBPF_INCLUDE_DIR}" test.skel.h
    WORKING_DIRECTORY "${folder}" OUTPUT_QUIET ERROR_VARIABLE output RESULT_VARIABLE result)
  # Other errors are those of a machine that has no headers for C, for one.
  if(NOT result EQUAL 0 AND output MATCHES "error: ([^\n]*(no member named|undeclared)[^\n]*)")
    set(${error} "skeletons of bpftool ${bpftool_version} at '${BPFBUILD_BPFTOOL}' do not compile with \
libbpf ${libbpf_version} in '${BPFBUILD_LIBBPF_INCLUDE_DIR}' (${CMAKE_MATCH_1}); take a bpftool that is no newer, \
or a newer libbpf (set BPFBUILD_BPFTOOL, or BPFBUILD_LIBBPF_INCLUDE_DIR and BPFBUILD_LIBBPF_LIBRARY)" PARENT_SCOPE)
    return()
  endif()
  file(WRITE "${folder}/fits.txt" "${pair}")
endfunction()

# _bpfbuild_set_defaults()
#
# Sets BPFBUILD_CHECK_OBJECTS in the cache.
function(_bpfbuild_set_defaults)
  get_target_property(tool BpfBuild::bpfbuild ALIASED_TARGET)
  set(has_tool ON)
  if(tool)
    get_target_property(is_left_out ${tool} EXCLUDE_FROM_ALL)
    if(is_left_out)
      set(has_tool OFF)
    endif()
  endif()
  option(BPFBUILD_CHECK_OBJECTS "Check BPF objects when they are linked" ${has_tool})
endfunction()

# _bpfbuild_add_libbpf()
#
# Adds BpfBuild::libbpf, which skeletons link.
function(_bpfbuild_add_libbpf)
  if(TARGET BpfBuild::libbpf)
    return()
  endif()
  # Global, since <name>::skeleton can be linked from any directory.
  add_library(BpfBuild::libbpf INTERFACE IMPORTED GLOBAL)
  target_include_directories(BpfBuild::libbpf INTERFACE "${BPFBUILD_LIBBPF_INCLUDE_DIR}")
  target_link_libraries(BpfBuild::libbpf INTERFACE "${BPFBUILD_LIBBPF_LIBRARY}")
  if(BPFBUILD_LIBBPF_LIBRARY MATCHES "\\.a$")
    target_link_libraries(BpfBuild::libbpf INTERFACE elf z)
  endif()
endfunction()

# _bpfbuild_write_toolchain_file()
#
# Writes <build>/CMakeFiles/bpf-toolchain.txt, which says which tools these
# are; every BPF object depends on it.  The time stamps of the tools alone
# would not do: a package manager gives files the time at which the package was
# made, often older than the objects.  What an upgrade does change is the time
# of the directory that it renames the files into, so these are watched too; a
# change in them configures again, and builds again only if a tool is another.
function(_bpfbuild_write_toolchain_file)
  set(file_of_clang "${CMAKE_BPF_COMPILER}")
  set(file_of_bpftool "${BPFBUILD_BPFTOOL}")
  set(file_of_libbpf "${BPFBUILD_LIBBPF_INCLUDE_DIR}/bpf/libbpf_version.h")
  _bpfbuild_needed_tools(needed)
  set(text "")
  set(watched "")
  set(versions "")
  foreach(name IN LISTS needed)
    string(TOUPPER "${name}" upper)
    get_property(version GLOBAL PROPERTY _BPFBUILD_${upper}_VERSION)
    list(APPEND versions "${name} ${version}")
    set(tool "${file_of_${name}}")
    file(REAL_PATH "${tool}" real_path)
    file(TIMESTAMP "${real_path}" timestamp UTC)
    file(SIZE "${real_path}" size)
    string(APPEND text "${tool} ${real_path} ${size} ${timestamp}\n")
    foreach(path IN ITEMS "${tool}" "${real_path}")
      cmake_path(GET path PARENT_PATH folder)
      list(APPEND watched "${path}")
      # A build that changes a watched folder would configure for ever.
      cmake_path(IS_PREFIX folder "${CMAKE_BINARY_DIR}" NORMALIZE around_build)
      cmake_path(IS_PREFIX CMAKE_BINARY_DIR "${folder}" NORMALIZE inside_build)
      if(NOT around_build AND NOT inside_build)
        list(APPEND watched "${folder}")
      endif()
    endforeach()
  endforeach()
  list(JOIN versions ", " versions)
  set_property(GLOBAL PROPERTY _BPFBUILD_TOOLS "${versions}")

  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/CMakeFiles/bpf-toolchain.txt"
    CONTENT "${versions}\n${text}" @ONLY)
  list(REMOVE_DUPLICATES watched)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${watched})
endfunction()
