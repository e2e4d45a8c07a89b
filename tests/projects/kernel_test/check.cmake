ctest_says(several.kernels-vmlinuz-1.0 Skipped "source/kernels/vmlinuz-1.0: no such kernel")

execute_process(COMMAND id -u OUTPUT_VARIABLE uid OUTPUT_STRIP_TRAILING_WHITESPACE)
if(uid EQUAL 0)
  ctest_says(single Passed "data 'contents'")
  ctest_says(failing Failed "data 'contents'")
  ctest_says(skipping Skipped)
  ctest_says(several.host Passed "data 'contents'with space")
  ctest_says(fitting Passed)
  ctest_says(unfitting Failed "data 'contents'" "program: it printed nothing that fits 'data.\\*more'")
  ctest_says(failing-and-fitting Failed)
  ctest_says(hanging Timeout)
  ctest_says(early Passed)
  ctest_says(not-a-target Passed)
else()
  ctest_says(single Skipped "BPF programs cannot be loaded here; it needs root: run it with sudo")
endif()

# Fetching is a target of its own, and what is there already is not fetched again.
file(WRITE "${WORK_DIR}/cache/bookworm-amd64/release" "none")
file(WRITE "${WORK_DIR}/cache/bookworm-amd64/modules/modules.builtin" "")
execute_process(COMMAND "${CMAKE_COMMAND}" -E env "BPFBUILD_KERNEL_CACHE=${WORK_DIR}/cache"
  "${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-fetch-kernels OUTPUT_VARIABLE output RESULT_VARIABLE result)
if(NOT result EQUAL 0 OR NOT output MATCHES "/cache/bookworm-amd64/image\n")
  message(FATAL_ERROR "bpf-fetch-kernels says:\n${output}")
endif()
set(ENV{BPFBUILD_KERNEL_CACHE} "${WORK_DIR}/empty")
ctest_says(several.debian-bookworm-amd64 Skipped
  "debian:bookworm/amd64: has not been fetched; run: bpfbuild fetch debian:bookworm/amd64|is for aarch64|needs")
unset(ENV{BPFBUILD_KERNEL_CACHE})

# In a virtual machine, if there is one.
ctest_says(several.debian-bookworm-amd64 "Passed|Skipped" "data 'contents'with space|has not been fetched|was not found")
if(was_skipped)
  message("not tried: several.debian-bookworm-amd64")
  return()
endif()
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-baseline-verified)
file(READ "${source_dir}/verified.csv" baseline)
if(NOT baseline MATCHES "\nfilter,filter,6.1 x86_64,accepted,[0-9]+,[0-9]+,[0-9]+\n$")
  message(FATAL_ERROR "the baseline of another kernel is:\n${baseline}")
endif()

# Tests that name no kernels run on those of a variable.
run("${CMAKE_COMMAND}" -DBPFBUILD_TEST_KERNELS=debian:bookworm/amd64 "${build_dir}")
ctest_says(machine Passed)
ctest_says(no-module Skipped "has no module 'no_such_module'; its modules are in '.*/bookworm-amd64/modules'")
