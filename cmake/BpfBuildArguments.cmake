# Checks that all public functions make of their arguments.

# _bpfbuild_check_arguments(<call> <prefix> EXPECTED <keyword>...)
#
# Ends the configuration when cmake_parse_arguments(<prefix> ...) has met an
# unknown argument or a keyword without a value.  <call> begins the message:
# "add_bpf_object(tracer)".
function(_bpfbuild_check_arguments call prefix)
  cmake_parse_arguments(PARSE_ARGV 2 check "" "" EXPECTED)
  list(JOIN check_EXPECTED ", " expected)
  if(${prefix}_UNPARSED_ARGUMENTS)
    list(GET ${prefix}_UNPARSED_ARGUMENTS 0 unknown)
    message(FATAL_ERROR "${call}: unknown argument '${unknown}'; expected ${expected}")
  endif()
  if(${prefix}_KEYWORDS_MISSING_VALUES)
    list(GET ${prefix}_KEYWORDS_MISSING_VALUES 0 empty)
    message(FATAL_ERROR "${call}: nothing follows '${empty}'; give it a value or leave it out")
  endif()
endfunction()

# _bpfbuild_check_target(<call> <name>)
#
# Ends the configuration when <name> cannot name a new target, or the BPF
# language is not enabled where the function is called.
function(_bpfbuild_check_target call name)
  if(NOT name MATCHES "^[A-Za-z0-9_.+][A-Za-z0-9_.+-]*$")
    message(FATAL_ERROR
      "${call}: '${name}' cannot name a target; expected letters, digits and the characters _ . + -, the last not at the beginning")
  endif()
  if(TARGET "${name}")
    message(FATAL_ERROR "${call}: there is a target '${name}' already; choose another name")
  endif()
  if(NOT CMAKE_BPF_INFORMATION_LOADED)
    message(FATAL_ERROR "${call}: the BPF language is not enabled in '${CMAKE_CURRENT_SOURCE_DIR}'; \
call find_package(BpfBuild REQUIRED) in its CMakeLists.txt or that of a directory above it")
  endif()
endfunction()
