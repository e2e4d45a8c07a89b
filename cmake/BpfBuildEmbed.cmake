# Objects in programs, as they are rather than as C text.

# _bpfbuild_embed(<call> <object>)
#
# Adds library <object>-embedded, which has the bytes of <object> between the symbols
# <symbol> and <symbol>_end, and sets <symbol>.
function(_bpfbuild_embed call object symbol)
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if("C" IN_LIST languages)
    set(suffix c)
  elseif("CXX" IN_LIST languages)
    set(suffix cpp)
  else()
    message(FATAL_ERROR "${call}: EMBED needs the language C or CXX; name one in project()")
  endif()
  string(MAKE_C_IDENTIFIER "bpfbuild_object_${object}" name)
  set(target ${object}-embedded)
  set(template "${CMAKE_CURRENT_BINARY_DIR}/${object}.skeleton/embedded.${suffix}.in")
  configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BpfBuildEmbed.c.in" "${template}" @ONLY)
  # The compiler does not say that the object is read: the source is as new as that.
  _bpfbuild_skeleton_folder(${object} folder)
  set(source "${folder}/embedded.${suffix}")
  add_custom_command(
    OUTPUT "${source}"
    COMMAND "${CMAKE_COMMAND}" -E copy "${template}" "${source}"
    DEPENDS ${object} "$<TARGET_FILE:${object}>" "${template}"
    COMMENT "Embedding BPF object ${object}.bpf.o"
    VERBATIM)
  add_library(${target} STATIC EXCLUDE_FROM_ALL "${source}")
  target_compile_definitions(${target} PRIVATE "BPF_OBJECT=\"$<TARGET_FILE:${object}>\"")
  # The assembler's work, which the optimiser at link time would not see.
  target_compile_options(${target} PRIVATE -fno-lto)
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    INTERPROCEDURAL_OPTIMIZATION OFF
    UNITY_BUILD OFF
    DISABLE_PRECOMPILE_HEADERS ON)
  set(${symbol} ${name} PARENT_SCOPE)
endfunction()
