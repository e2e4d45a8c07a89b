# How bpfbuild gets to know the programs that bindings are made for: the sources,
# and how they are compiled.

# _bpfbuild_program_options(<call> <name> <result> SOURCES <file>... OBJECTS <target>...)
#
# Sets <result> to the options by which bpfbuild reads the programs for the
# bindings <name> and proves the header.  What it needs is written into a file for
# the SOURCES and one for each object, when CMake generates.
function(_bpfbuild_program_options call name result)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "SOURCES;OBJECTS")
  set(options "")
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/bpf-codegen-${name}.dir")
  if(arg_SOURCES)
    set(sources "")
    foreach(source IN LISTS arg_SOURCES)
      cmake_path(ABSOLUTE_PATH source NORMALIZE)
      if(NOT EXISTS "${source}")
        message(FATAL_ERROR "${call}: no source '${source}'")
      endif()
      list(APPEND sources "${source}")
    endforeach()
    _bpfbuild_resolve_architectures("${call}" arch)
    list(GET arch 0 arch)
    _bpfbuild_system_header_flags(${arch} system_header_flags)
    _bpfbuild_target_flags("${call}" target_flags ${arch} v3 "")
    list(JOIN sources "\n" sources)
    file(GENERATE OUTPUT "${folder}/sources" CONTENT "${sources}
--
SHELL:${CMAKE_BPF_FLAGS} ${target_flags} -D__TARGET_ARCH_${arch} ${system_header_flags}
-fno-stack-protector
")
    list(APPEND options --compilation "${folder}/sources")
  endif()
  foreach(object IN LISTS arg_OBJECTS)
    string(MAKE_C_IDENTIFIER "${object}" file)
    # When all targets are known, those of other directories as well.
    cmake_language(EVAL CODE "cmake_language(DEFER DIRECTORY [[${CMAKE_SOURCE_DIR}]]
      CALL _bpfbuild_write_compilation [[${call}]] [[${object}]] [[${folder}/${file}]])")
    list(APPEND options --compilation "${folder}/${file}.$<CONFIG>.BPF")
  endforeach()
  set(${result} ${options} --clang "${CMAKE_BPF_COMPILER}" --prove PARENT_SCOPE)
endfunction()

# _bpfbuild_write_compilation(<call> <object> <file>)
#
# Writes <file>.<config>.BPF: the sources of a BPF object or library, and the flags
# that they are compiled with, those of what it links among them.
function(_bpfbuild_write_compilation call object file)
  if(NOT TARGET "${object}")
    message(FATAL_ERROR "${call}: OBJECTS: there is no target '${object}'")
  endif()
  get_target_property(flags ${object} COMPILE_FLAGS)
  if(NOT flags MATCHES "__TARGET_ARCH_")
    message(FATAL_ERROR "${call}: OBJECTS: '${object}' is no target of add_bpf_object() or add_bpf_library()")
  endif()
  _bpfbuild_source_paths(${object} sources)
  list(JOIN sources "\n" sources)
  get_target_property(source_dir ${object} SOURCE_DIR)
  get_directory_property(common_flags DIRECTORY "${source_dir}" DEFINITION CMAKE_BPF_FLAGS)
  set(content "${sources}\n--\nSHELL:${common_flags} ${flags}\n")
  foreach(pair IN ITEMS "-D COMPILE_DEFINITIONS" "-I INCLUDE_DIRECTORIES" " COMPILE_OPTIONS")
    string(REGEX MATCH "^([^ ]*) (.*)$" pair "${pair}")
    set(values "$<FILTER:$<TARGET_PROPERTY:${object},${CMAKE_MATCH_2}>,EXCLUDE,^$>")
    string(APPEND content "$<$<BOOL:${values}>:${CMAKE_MATCH_1}$<JOIN:${values},\n${CMAKE_MATCH_1}>\n>")
  endforeach()
  # A language in the name lets flags be for that language only.
  file(GENERATE OUTPUT "${file}.$<CONFIG>.$<COMPILE_LANGUAGE>" CONTENT "${content}")
endfunction()
