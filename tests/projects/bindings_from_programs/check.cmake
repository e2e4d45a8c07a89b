if(NOT EXISTS /sys/kernel/btf/vmlinux)
  message("SKIPPED: needs a kernel with BTF")
  return()
endif()

run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen)
file(READ "${source_dir}/include/vmlinux.h" header)
foreach(expected IN ITEMS "char comm[16];" "pid_t pid;" "pid_t tgid;" "unsigned int flags;" "struct task_struct *real_parent;"
    "BPF_MAP_TYPE_HASH = 1," "struct list_head {" "struct cred {" "struct dentry *dentry;")
  string(FIND "${header}" "${expected}" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "not in the header: ${expected}\n${header}")
  endif()
endforeach()
foreach(unexpected IN ITEMS "exit_code" "mm_struct")
  string(FIND "${header}" "${unexpected}" position)
  if(NOT position EQUAL -1)
    message(FATAL_ERROR "in the header: ${unexpected}\n${header}")
  endif()
endforeach()
file(READ "${source_dir}/files/vmlinux.h" header)
if(NOT header MATCHES "exit_code" OR header MATCHES "comm")
  message(FATAL_ERROR "not the header of file.bpf.c:\n${header}")
endif()
run("${CMAKE_COMMAND}" --build "${build_dir}" --target first second file)

# A field that is new in a program: the error tells the command that brings it, and that is enough.
file(READ "${source_dir}/file.bpf.c" program)
string(REPLACE "exit_code" "exit_signal" program "${program}")
file(WRITE "${source_dir}/file.bpf.c" "${program}")
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}" --target file
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(result EQUAL 0 OR NOT output MATCHES "no member named 'exit_signal'" OR NOT output MATCHES
    "vmlinux.h: has what the programs used when it was written; for what is new in them, run: \
cmake --build build --target bpf-codegen-types_of_files\n")
  message(FATAL_ERROR "the build does not tell the command:\n${output}")
endif()
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen-types_of_files)
run("${CMAKE_COMMAND}" --build "${build_dir}" --target file)
