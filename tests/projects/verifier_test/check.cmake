# Where nothing can be loaded, nothing passes.
execute_process(COMMAND id -u OUTPUT_VARIABLE uid OUTPUT_STRIP_TRAILING_WHITESPACE)
if(uid EQUAL 0)
  find_program(setpriv setpriv)
  if(setpriv)
    execute_process(COMMAND "${setpriv}" --reuid 12345 --clear-groups
      ctest --test-dir "${build_dir}" -V -R "^accepted$" OUTPUT_VARIABLE output ERROR_VARIABLE output)
    # Others may not enter the build directory of everybody.
    if(output MATCHES "tests passed" AND NOT output MATCHES "it needs root: run it with sudo.*Skipped ")
      message(FATAL_ERROR "without root the test is not skipped:\n${output}")
    endif()
  endif()
else()
  ctest_says(accepted Skipped "it needs root: run it with sudo")
  message("SKIPPED: the rest needs root")
  return()
endif()

ctest_says(accepted Passed "program   kernel" "counter   [0-9.]+ [a-z0-9_]+  +accepted  +[0-9]+" "constant  [0-9.]+ ")
ctest_says(both Failed "refused  wild      [0-9.]+ [a-z0-9_]+  +refused" "invalid mem access" "objects: 1 of 3 programs refused")

# The baseline is written on request, and then it is what holds.
ctest_says(small Failed
  "source/loops.csv: there is no such baseline yet; run: cmake --build build --target bpf-baseline-small")
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-baseline-small)
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-baseline-expected)
file(READ "${source_dir}/loops.csv" baseline)
if(NOT baseline MATCHES "^object,program,kernel,verdict,instructions,states,stack\nloops,constant,[0-9.]+ [a-z0-9_]+,accepted,2,[0-9]+,[0-9]+\nloops,counter,[^,]+,accepted,[0-9]+,[0-9]+,[0-9]+\n$")
  message(FATAL_ERROR "the baseline is:\n${baseline}")
endif()
ctest_says(small Passed)
ctest_says(expected Passed "wild .*refused")

run("${CMAKE_COMMAND}" -DITERATIONS=200 "${build_dir}")
run("${CMAKE_COMMAND}" --build "${build_dir}")
ctest_says(small Failed "loops: program 'counter' on [0-9.]+ [a-z0-9_]+: [0-9]+ instructions, [0-9]+ in the baseline, [0-9]+ % more"
  "loops.csv: [12] differences, at most 10 % of growth are tolerated; if they are meant, run: cmake --build build --target bpf-baseline-small")
ctest_says(tolerant Passed)
ctest_says(expected Failed "loops: program 'counter' on ")

# Lines of another kernel are neither compared with nor lost.
string(REGEX REPLACE ",[0-9.]+ [a-z0-9_]+,accepted" ",1.0 pdp11,accepted" baseline "${baseline}")
file(WRITE "${source_dir}/loops.csv" "${baseline}")
ctest_says(small Skipped "loops.csv: has nothing of kernel '[0-9.]+ [a-z0-9_]+' to compare with; run: cmake --build")
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-baseline-small)
file(STRINGS "${source_dir}/loops.csv" lines)
list(LENGTH lines count)
if(NOT count EQUAL 5)
  message(FATAL_ERROR "the lines of two kernels are:\n${lines}")
endif()
ctest_says(small Passed)
