# Files in programs, as they are rather than as C text.

include_guard()

# _bpfbuild_embed_object(<call> <object> <folder> <symbol>)
#
# Adds library <object>-embedded, which has the bytes of <object> between the symbols
# <symbol> and <symbol>_end, and sets <symbol>.
function(_bpfbuild_embed_object call object folder symbol)
  string(MAKE_C_IDENTIFIER "bpfbuild_object_${object}" name)
  _bpfbuild_incbin(code ${name} "\" BPF_OBJECT \"")
  _bpfbuild_add_embedded("${call}" ${object}-embedded "${CMAKE_CURRENT_BINARY_DIR}/${object}.skeleton" "${folder}"
    "${code}" ${object} "$<TARGET_FILE:${object}>")
  target_compile_definitions(${object}-embedded PRIVATE "BPF_OBJECT=\"$<TARGET_FILE:${object}>\"")
  set(${symbol} ${name} PARENT_SCOPE)
endfunction()

# _bpfbuild_incbin(<code> <symbol> <file>)
#
# Sets <code> to C that has the bytes of <file>, which stands within a string literal,
# between the symbols <symbol> and <symbol>_end.
function(_bpfbuild_incbin code symbol file)
  set(${code} "__asm__(
    \".section .rodata.${symbol}, \\\"a\\\"\\n\"
    \".balign 8\\n\"
    \".global ${symbol}, ${symbol}_end\\n\"
    \".hidden ${symbol}, ${symbol}_end\\n\"
    \".type ${symbol}, %object\\n\"
    \"${symbol}:\\n\"
    \".incbin \\\"${file}\\\"\\n\"
    \"${symbol}_end:\\n\"
    \".size ${symbol}, . - ${symbol}\\n\"
    \".previous\\n\");
" PARENT_SCOPE)
endfunction()

# _bpfbuild_add_embedded(<call> <target> <template folder> <folder> <code> <dependency>...)
#
# Adds library <target> of <code>, which reads the dependencies, as C or C++.
function(_bpfbuild_add_embedded call target template_folder folder code)
  # Which languages are enabled is a matter of the directory.
  if(CMAKE_C_COMPILE_OBJECT)
    set(suffix c)
  elseif(CMAKE_CXX_COMPILE_OBJECT)
    set(suffix cpp)
  else()
    message(FATAL_ERROR "${call}: files in programs need the language C or CXX; name one in project()")
  endif()
  set(template "${template_folder}/embedded.${suffix}.in")
  file(CONFIGURE OUTPUT "${template}" CONTENT "${code}" @ONLY)
  # The compiler does not say which files are read: the source is as new as they are.
  set(source "${folder}/embedded.${suffix}")
  add_custom_command(
    OUTPUT "${source}"
    COMMAND "${CMAKE_COMMAND}" -E copy "${template}" "${source}"
    DEPENDS ${ARGN} "${template}"
    COMMENT "Embedding the files of ${target}"
    VERBATIM)
  add_library(${target} STATIC EXCLUDE_FROM_ALL "${source}")
  # The assembler's work, which the optimiser at link time would not see.
  target_compile_options(${target} PRIVATE -fno-lto)
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    INTERPROCEDURAL_OPTIMIZATION OFF
    UNITY_BUILD OFF
    DISABLE_PRECOMPILE_HEADERS ON)
endfunction()
