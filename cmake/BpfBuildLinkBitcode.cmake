# cmake -DCLANG=... "-DFLAGS=<flags of clang>"
#       -P BpfBuildLinkBitcode.cmake -- <linker>... -- <object> <bitcode>...
#
# Links files of LLVM bitcode, makes static all functions that are not programs,
# optimises the whole and makes a BPF object of it by '<linker>... <object> <file>'.  Leaves the code before and
# after optimisation as <object without .bpf.o>.linked.ll and .optimized.ll.

cmake_minimum_required(VERSION 3.22)

# run(<program> <argument>...)
function(run program)
  execute_process(COMMAND "${program}" ${ARGN} RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    cmake_path(GET program FILENAME name)
    message(FATAL_ERROR "${TARGET}: ${name} failed")
  endif()
endfunction()

# Bitcode is read only by the LLVM that wrote it.
function(find_llvm_program result name)
  execute_process(COMMAND "${CLANG}" -print-prog-name=${name}
    OUTPUT_VARIABLE program OUTPUT_STRIP_TRAILING_WHITESPACE)
  file(REAL_PATH "${CLANG}" real_clang)
  cmake_path(GET real_clang PARENT_PATH folder)
  if(NOT IS_ABSOLUTE "${program}" AND EXISTS "${folder}/${name}")
    set(program "${folder}/${name}")
  endif()
  if(NOT EXISTS "${program}")
    message(FATAL_ERROR "${TARGET}: INTERPROCEDURAL_OPTIMIZATION needs ${name} of the version of '${CLANG}' \
(install it, Debian and Ubuntu: apt install llvm)")
  endif()
  set(${result} "${program}" PARENT_SCOPE)
endfunction()

math(EXPR last "${CMAKE_ARGC} - 1")
set(arguments "")
foreach(i RANGE ${last})
  list(APPEND arguments "${CMAKE_ARGV${i}}")
endforeach()
list(FIND arguments "--" position)
math(EXPR position "${position} + 1")
list(SUBLIST arguments ${position} -1 arguments)
list(FIND arguments "--" position)
list(SUBLIST arguments 0 ${position} linker)
math(EXPR position "${position} + 1")
list(GET arguments ${position} TARGET)
math(EXPR position "${position} + 1")
list(SUBLIST arguments ${position} -1 objects)

foreach(object IN LISTS objects)
  file(READ "${object}" magic LIMIT 2 HEX)
  if(NOT magic STREQUAL "4243")
    message(FATAL_ERROR "${TARGET}: '${object}' is not LLVM bitcode; \
set INTERPROCEDURAL_OPTIMIZATION on the library that it belongs to, too")
  endif()
endforeach()
separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")
string(REGEX REPLACE "(\\.bpf)?\\.o\\.part$" "" stem "${TARGET}")
find_llvm_program(llvm_link llvm-link)
find_llvm_program(opt opt)

run("${llvm_link}" -S -o "${stem}.linked.ll" ${objects})

# Programs are the functions in sections; variables are for user space to see.
file(STRINGS "${stem}.linked.ll" definitions REGEX "^(define .* section \"|@[^ ]+ = [^\"]*(global|constant) )")
set(public "")
foreach(definition IN LISTS definitions)
  if(definition MATCHES "@\"?([A-Za-z0-9_.$]+)\"?( =|\\()")
    list(APPEND public "${CMAKE_MATCH_1}")
  endif()
endforeach()
list(JOIN public "," public)

run("${opt}" "-passes=internalize,default<O2>" "-internalize-public-api-list=${public}"
  -S -o "${stem}.optimized.ll" "${stem}.linked.ll")
run("${CLANG}" ${FLAGS} -O2 -x ir -c -o "${stem}.unlinked.o" "${stem}.optimized.ll")
run(${linker} "${TARGET}" "${stem}.unlinked.o")
file(REMOVE "${stem}.unlinked.o")
