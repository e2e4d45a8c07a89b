# In an editor: what the header has is no error, and of a type with what is missing it tells where that comes from.
find_program(clangd NAMES clangd clangd-19 clangd-14)
if(NOT clangd)
  message("SKIPPED: needs clangd")
  return()
endif()
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen-types_of_files)
run("${clangd}" --check=${source_dir}/file.bpf.c "--compile-commands-dir=${build_dir}")
string(REPLACE "exit_code" "exit_signal" program "${program}")
file(WRITE "${source_dir}/file.bpf.c" "${program}")
execute_process(COMMAND "${clangd}" --check=${source_dir}/file.bpf.c "--compile-commands-dir=${build_dir}"
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
string(REGEX MATCHALL "\nE\\[[^\n]*Line[^\n]*" errors "${output}")
if(result EQUAL 0 OR NOT errors MATCHES "^[^;]*Line 8: no member named 'exit_signal' in 'struct task_struct'$")
  message(FATAL_ERROR "not what an editor should show:\n${output}")
endif()
string(REGEX REPLACE "([\"\\\\])" "\\\\\\1" text "${program}")
string(REPLACE "\n" "\\n" text "${text}")
string(FIND "${program}" "task_struct" position)
string(FIND "${program}" "int file(" line)
math(EXPR column "${position} - ${line}")
file(WRITE "${WORK_DIR}/hover" "{\"jsonrpc\": \"2.0\", \"id\": 0, \"method\": \"initialize\", \"params\": {\"capabilities\": {}}}
---
{\"jsonrpc\": \"2.0\", \"method\": \"textDocument/didOpen\", \"params\": {\"textDocument\": {\
\"uri\": \"file://${source_dir}/file.bpf.c\", \"languageId\": \"c\", \"version\": 1, \"text\": \"${text}\"}}}
---
{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"textDocument/hover\", \"params\": {\
\"textDocument\": {\"uri\": \"file://${source_dir}/file.bpf.c\"}, \"position\": {\"line\": 7, \"character\": ${column}}}}
---
{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"shutdown\"}
---
{\"jsonrpc\": \"2.0\", \"method\": \"exit\"}
")
execute_process(COMMAND "${clangd}" -lit-test "--compile-commands-dir=${build_dir}" INPUT_FILE "${WORK_DIR}/hover"
  OUTPUT_VARIABLE output ERROR_QUIET)
if(NOT output MATCHES "for file\\(\\) in file.bpf.c; new fields come by: cmake --build build --target bpf-codegen-types_of_files")
  message(FATAL_ERROR "an editor does not show where fields come from:\n${output}")
endif()
