foreach(program IN ITEMS in_c in_cpp shared)
  run("${build_dir}/${program}")
endforeach()

# On machines with other sizes, alignments and byte orders, as far as clang compiles for them.
find_program(clang NAMES clang REQUIRED)
foreach(language IN ITEMS "c;-std=c11" "c++;-std=c++11")
  foreach(target IN ITEMS i686-linux-gnu arm-linux-gnueabihf mips-linux-gnu powerpc64-linux-gnu
      riscv64-linux-gnu s390x-linux-gnu m68k-linux-gnu)
    execute_process(COMMAND "${clang}" --target=${target} -fsyntax-only -x c /dev/null
      RESULT_VARIABLE no_such_target OUTPUT_QUIET ERROR_QUIET)
    if(NOT no_such_target)
      run("${clang}" --target=${target} -ffreestanding -fsyntax-only -Wall -Wextra -Werror -x ${language}
        "${build_dir}/monitor.skeleton/monitor.types.h")
    endif()
  endforeach()
endforeach()

# expect_mismatch(<message> <command>...)
function(expect_mismatch message)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  string(FIND "${output}" "${message}" position)
  if(result EQUAL 0 OR position EQUAL -1)
    message(FATAL_ERROR "expected: ${message}\nfound:\n${output}")
  endif()
endfunction()

# Both sides of one header: packed by a flag of user space,
run("${CMAKE_COMMAND}" "${build_dir}" -DPACK=ON)
expect_mismatch("struct sample has 24 bytes in sharing.bpf.o, but not here" "${CMAKE_COMMAND}" --build "${build_dir}")
run("${CMAKE_COMMAND}" "${build_dir}" -DPACK=OFF)
# with a member that differs in user space of 32 bits,
set(header "${build_dir}/sharing.skeleton/sharing.types.h")
set(for_32_bits "${clang}" --target=i686-linux-gnu -ffreestanding -fsyntax-only -x c -I "${source_dir}/include" "${header}")
run(${for_32_bits})
expect_mismatch("struct sample: 'value' has 8 bytes at offset 8 in sharing.bpf.o, but not here" ${for_32_bits} -DWITH_LONG)
# and with another value of an enumerator.
expect_mismatch("BUSY is 7 in sharing.bpf.o, but not here" ${for_32_bits} -DANOTHER_BUSY=8)
