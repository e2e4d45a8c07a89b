# Builds each project, and checks each synopsis, that stands in the README.

cmake_minimum_required(VERSION 3.22)

file(READ "${SOURCE_DIR}/README.md" readme)
string(REGEX MATCHALL "```cmake\n[^`]*```" blocks "${readme}")
list(TRANSFORM blocks REPLACE "```(cmake\n)?" "")
list(LENGTH blocks count)
if(NOT count EQUAL 18)
  message(FATAL_ERROR "README.md has ${count} blocks of CMake code; this test knows 18: say here what the new one is")
endif()
list(GET blocks 0 example)
list(GET blocks 1 subdirectory)
list(GET blocks 2 add_bpf_object)
list(GET blocks 3 monitor)
list(GET blocks 4 add_bpf_library)
list(GET blocks 5 library)
list(GET blocks 6 bpf_generate_bindings)
list(GET blocks 7 programs)
list(GET blocks 8 registers)
list(GET blocks 9 bpf_add_bindings_test)
list(GET blocks 10 bindings_test)
list(GET blocks 11 bpf_generate_min_btf)
list(GET blocks 12 bpf_add_verifier_test)
list(GET blocks 13 verifier_test)
list(GET blocks 14 bpf_add_kernel_test)
list(GET blocks 15 kernel_test)
list(GET blocks 16 bpf_add_compat_test)
list(GET blocks 17 compat_test)
set(preamble "cmake_minimum_required(VERSION 3.22)\nproject(readme CXX)\n")
set(bpf_source "#include <linux/bpf.h>\nint function(void) { return 0; }\n")

# build(<name> [<argument>...]): builds the project in WORK_DIR/<name>.
function(build name)
  foreach(command IN ITEMS "-G;Ninja;-S;.;-B;build;${ARGN}" "--build;build")
    execute_process(COMMAND "${CMAKE_COMMAND}" ${command} WORKING_DIRECTORY "${WORK_DIR}/${name}"
      OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
      message(FATAL_ERROR "${name} does not build:\n${output}")
    endif()
  endforeach()
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")

# The first example is the whole CMakeLists.txt of the execve tracer.
file(COPY "${SOURCE_DIR}/examples/execve-tracer/" DESTINATION "${WORK_DIR}/example")
file(WRITE "${WORK_DIR}/example/CMakeLists.txt" "${example}")
build(example "-DBpfBuild_DIR=${BpfBuild_DIR}")
file(READ "${SOURCE_DIR}/examples/execve-tracer/CMakeLists.txt" original)
string(FIND "${original}" "${example}" position)
if(NOT position EQUAL 0)
  message(FATAL_ERROR "examples/execve-tracer/CMakeLists.txt does not begin as the README's example:\n${example}")
endif()

file(MAKE_DIRECTORY "${WORK_DIR}/subdirectory/third_party")
file(CREATE_LINK "${SOURCE_DIR}" "${WORK_DIR}/subdirectory/third_party/bpfbuild" SYMBOLIC)
file(WRITE "${WORK_DIR}/subdirectory/CMakeLists.txt"
  "${preamble}${subdirectory}add_bpf_object(function SOURCES function.bpf.c)\n")
file(WRITE "${WORK_DIR}/subdirectory/function.bpf.c" "${bpf_source}")
build(subdirectory)

file(WRITE "${WORK_DIR}/monitor/CMakeLists.txt" "${preamble}find_package(BpfBuild REQUIRED)\n${monitor}")
file(MAKE_DIRECTORY "${WORK_DIR}/monitor/include")
file(WRITE "${WORK_DIR}/monitor/files.bpf.c" "${bpf_source}")
file(WRITE "${WORK_DIR}/monitor/network.bpf.c" "int another(void) { return MAX_ENTRIES; }\n")
file(WRITE "${WORK_DIR}/monitor/processes.bpf.c" "int one_more(void) { return MAX_ENTRIES; }\n")
build(monitor "-DBpfBuild_DIR=${BpfBuild_DIR}")

file(WRITE "${WORK_DIR}/library/CMakeLists.txt" "${preamble}find_package(BpfBuild REQUIRED)\n${library}")
file(WRITE "${WORK_DIR}/library/parser.bpf.c" "int parse(void) { return MAX_HEADERS; }\n")
file(WRITE "${WORK_DIR}/library/filter.bpf.c" "${bpf_source}int max_headers(void) { return MAX_HEADERS; }\n")
build(library "-DBpfBuild_DIR=${BpfBuild_DIR}")

# What logs, and what reads it.
foreach(language IN ITEMS c cpp)
  string(REGEX MATCH "```${language}\n([^`]*<bpfbuild/[^`]*)```" block "${readme}")
  set(${language} "${CMAKE_MATCH_1}")
endforeach()
file(WRITE "${WORK_DIR}/logging/CMakeLists.txt" "${preamble}find_package(BpfBuild REQUIRED)
add_bpf_object(filter SOURCES filter.bpf.c)
target_link_libraries(filter PRIVATE BpfBuild::log)
add_executable(user main.cpp)
target_link_libraries(user PRIVATE filter::skeleton BpfBuild::runtime)\n")
file(WRITE "${WORK_DIR}/logging/filter.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n${c}")
file(WRITE "${WORK_DIR}/logging/main.cpp" "${cpp}")
build(logging "-DBpfBuild_DIR=${BpfBuild_DIR}")

string(REGEX MATCH "\nsudo bpfbuild (doctor [^\n]*)" line "${readme}")
separate_arguments(arguments UNIX_COMMAND "${CMAKE_MATCH_1}")
execute_process(COMMAND "${BPFBUILD}" ${arguments} OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
string(JSON can_build GET "${output}" can_build)
if(NOT can_build)
  message(FATAL_ERROR "the doctor of a machine that builds the README's projects tells:\n${output}")
endif()

# The synopses are those of the modules' own documentation.
foreach(module IN ITEMS AddObject:add_bpf_object AddObject:add_bpf_library GenerateBindings:bpf_generate_bindings
    AddBindingsTest:bpf_add_bindings_test AddVerifierTest:bpf_add_verifier_test
    AddKernelTest:bpf_add_kernel_test AddCompatTest:bpf_add_compat_test MinBtf:bpf_generate_min_btf)
  string(REGEX REPLACE "(.*):(.*)" "\\1;\\2" module "${module}")
  list(GET module 0 file)
  list(GET module 1 command)
  file(READ "${SOURCE_DIR}/cmake/BpfBuild${file}.cmake" documentation)
  string(REGEX REPLACE "[ \n]+" " " documentation "${documentation}")
  string(REGEX REPLACE "[ \n]+" " " synopsis "${${command}}")
  string(STRIP "${synopsis}" synopsis)
  string(FIND "${documentation}" "${synopsis}" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "the README's synopsis is not that of the module:\n${synopsis}")
  endif()
endforeach()

# A test of the first example's header, with the running kernel as an old one.
if(EXISTS /sys/kernel/btf/vmlinux)
  file(APPEND "${WORK_DIR}/example/CMakeLists.txt" "${bindings_test}")
  file(COPY_FILE /sys/kernel/btf/vmlinux "${WORK_DIR}/kernel.btf")
  file(COPY "${WORK_DIR}/kernel.btf" DESTINATION "${WORK_DIR}/example/kernels")
  build(example)
  execute_process(COMMAND ctest -R tracer-on-old-kernels -V WORKING_DIRECTORY "${WORK_DIR}/example/build"
    OUTPUT_VARIABLE output)
  if(NOT output MATCHES "kernels/kernel.btf: (as in|[^\n]* not bridged by CO-RE)")
    message(FATAL_ERROR "tracer-on-old-kernels compares no kernels:\n${output}")
  endif()

  file(APPEND "${WORK_DIR}/example/CMakeLists.txt" "${compat_test}")
  build(example)
  execute_process(COMMAND ctest -R tracer-on-other-kernels -V WORKING_DIRECTORY "${WORK_DIR}/example/build"
    OUTPUT_VARIABLE output)
  if(NOT output MATCHES "tracer.bpf.o: [^\n]*kernels/kernel.btf: ")
    message(FATAL_ERROR "tracer-on-other-kernels reads no kernels:\n${output}")
  endif()
endif()

# The verifier's test of the first example, with a baseline just written.
execute_process(COMMAND id -u OUTPUT_VARIABLE uid OUTPUT_STRIP_TRAILING_WHITESPACE)
if(uid EQUAL 0)
  file(APPEND "${WORK_DIR}/example/CMakeLists.txt" "${verifier_test}${kernel_test}")
  build(example)
  execute_process(COMMAND "${CMAKE_COMMAND}" --build build --target bpf-baseline-tracer-verifier
    WORKING_DIRECTORY "${WORK_DIR}/example" OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ctest -R tracer-verifier -V WORKING_DIRECTORY "${WORK_DIR}/example/build"
    OUTPUT_VARIABLE output)
  if(NOT output MATCHES "trace_exec +[^ ]+ [^ ]+ +accepted" OR NOT output MATCHES "tracer-verifier [ .]+ +Passed")
    message(FATAL_ERROR "tracer-verifier does not pass:\n${output}")
  endif()
  # Those in virtual machines are tested elsewhere.
  execute_process(COMMAND ctest -R "tracer-on-kernels.host" -V WORKING_DIRECTORY "${WORK_DIR}/example/build"
    OUTPUT_VARIABLE output)
  if(NOT output MATCHES "EXEC: process 'ls'" OR NOT output MATCHES "tracer-on-kernels.host [ .]+ +Passed")
    message(FATAL_ERROR "tracer-on-kernels.host does not pass:\n${output}")
  endif()
endif()

# What reads the running kernel's BTF, which stands in for other kernels.
if(EXISTS /sys/kernel/btf/vmlinux)
  file(WRITE "${WORK_DIR}/registers/CMakeLists.txt" "${preamble}find_package(BpfBuild REQUIRED)\n${registers}")
  file(COPY_FILE /sys/kernel/btf/vmlinux "${WORK_DIR}/kernel.btf")
  file(MAKE_DIRECTORY "${WORK_DIR}/registers/kernels")
  foreach(arch IN ITEMS amd64 arm64)
    file(CREATE_LINK "${WORK_DIR}/kernel.btf" "${WORK_DIR}/registers/kernels/vmlinuz-6.1.0-44-${arch}" SYMBOLIC)
  endforeach()
  build(registers "-DBpfBuild_DIR=${BpfBuild_DIR}")
  execute_process(COMMAND "${CMAKE_COMMAND}" --build build --target bpf-codegen
    WORKING_DIRECTORY "${WORK_DIR}/registers" OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  file(READ "${WORK_DIR}/registers/registers.h" header)
  if(NOT header MATCHES "__TARGET_ARCH_arm64" OR NOT header MATCHES "struct pt_regs {")
    message(FATAL_ERROR "the example for several architectures writes:\n${header}")
  endif()

  file(WRITE "${WORK_DIR}/programs/CMakeLists.txt" "${preamble}find_package(BpfBuild REQUIRED)\n${programs}
set_target_properties(opener PROPERTIES EXCLUDE_FROM_ALL ON)\n")
  file(WRITE "${WORK_DIR}/programs/opener.bpf.c" "#include \"vmlinux.h\"
int opener(struct task_struct* task) { return task->tgid; }\n")
  build(programs "-DBpfBuild_DIR=${BpfBuild_DIR}")
  foreach(target IN ITEMS bpf-codegen opener)
    execute_process(COMMAND "${CMAKE_COMMAND}" --build build --target ${target}
      WORKING_DIRECTORY "${WORK_DIR}/programs" OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  endforeach()

  string(REGEX MATCH "\nbpfbuild (header [^\n]*)" line "${readme}")
  separate_arguments(arguments UNIX_COMMAND "${CMAKE_MATCH_1}")
  execute_process(COMMAND "${BPFBUILD}" ${arguments} WORKING_DIRECTORY "${WORK_DIR}" COMMAND_ERROR_IS_FATAL ANY)
  file(READ "${WORK_DIR}/task_struct.h" header)
  if(NOT header MATCHES "struct task_struct {")
    message(FATAL_ERROR "the tool's example writes no struct task_struct:\n${header}")
  endif()
endif()
