# How bpfbuild gets to know the programs that bindings are made for: the sources,
# and how they are compiled.

# _bpfbuild_program_options(<call> <name> <result> SOURCES <file>... OBJECTS <target>...)
#
# Sets <result> to the options by which bpfbuild reads the programs for the
# bindings <name> and proves the header.  What it needs is written into a file for
# the SOURCES and one for each source of an object, when CMake generates.
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
    _bpfbuild_common_flags("${CMAKE_CURRENT_SOURCE_DIR}" common_flags)
    file(GENERATE OUTPUT "${folder}/sources.$<CONFIG>" CONTENT "${sources}
--
SHELL:${common_flags} ${target_flags} -D__TARGET_ARCH_${arch} ${system_header_flags}
-fno-stack-protector
")
    list(APPEND options --compilation "${folder}/sources.$<CONFIG>")
  endif()
  foreach(object IN LISTS arg_OBJECTS)
    string(MAKE_C_IDENTIFIER "${object}" file)
    # When all targets are known, those of other directories as well.
    cmake_language(EVAL CODE "cmake_language(DEFER DIRECTORY [[${CMAKE_SOURCE_DIR}]]
      CALL _bpfbuild_write_compilations [[${call}]] [[${object}]] [[${folder}/${file}]] [[bpf-codegen-${name}]])")
  endforeach()
  if(arg_OBJECTS)
    list(APPEND options "$<TARGET_GENEX_EVAL:bpf-codegen-${name},$<TARGET_PROPERTY:bpf-codegen-${name},_BPFBUILD_PROGRAMS>>")
  endif()
  set(${result} ${options} --clang "${CMAKE_BPF_COMPILER}" --prove PARENT_SCOPE)
endfunction()

# Sets <result> to the flags for BPF that hold for all targets of <directory>.
function(_bpfbuild_common_flags directory result)
  get_directory_property(flags DIRECTORY "${directory}" DEFINITION CMAKE_BPF_FLAGS)
  set(configurations ${CMAKE_CONFIGURATION_TYPES} ${CMAKE_BUILD_TYPE})
  list(REMOVE_DUPLICATES configurations)
  foreach(configuration IN LISTS configurations)
    string(TOUPPER "${configuration}" upper)
    get_directory_property(more DIRECTORY "${directory}" DEFINITION CMAKE_BPF_FLAGS_${upper})
    string(REPLACE ">" "$<ANGLE-R>" more "${more}")
    string(APPEND flags " $<$<CONFIG:${configuration}>:${more}>")
  endforeach()
  set(${result} "${flags}" PARENT_SCOPE)
endfunction()

# _bpfbuild_write_compilations(<call> <object> <file> <codegen>)
#
# Writes <file>-<number>.<config>.BPF for each source of a BPF object or library: the source, and the
# flags that it is compiled with, those of what the target links among them.  Adds the files to the
# programs of <codegen>.
function(_bpfbuild_write_compilations call object file codegen)
  if(NOT TARGET "${object}")
    message(FATAL_ERROR "${call}: OBJECTS: there is no target '${object}'")
  endif()
  get_target_property(flags ${object} COMPILE_FLAGS)
  if(NOT flags MATCHES "__TARGET_ARCH_")
    message(FATAL_ERROR "${call}: OBJECTS: '${object}' is no target of add_bpf_object() or add_bpf_library()")
  endif()
  get_target_property(source_dir ${object} SOURCE_DIR)
  _bpfbuild_common_flags("${source_dir}" common_flags)
  _bpfbuild_source_paths(${object} sources)
  set(number 0)
  foreach(source IN LISTS sources)
    get_property(own_flags SOURCE "${source}" TARGET_DIRECTORY ${object} PROPERTY COMPILE_FLAGS)
    set(content "${source}\n--\nSHELL:${common_flags} ${flags} ${own_flags}\n")
    foreach(pair IN ITEMS "-I INCLUDE_DIRECTORIES" "-D COMPILE_DEFINITIONS" " COMPILE_OPTIONS")
      string(REGEX MATCH "^([^ ]*) (.*)$" pair "${pair}")
      set(prefix "${CMAKE_MATCH_1}")
      set(property "${CMAKE_MATCH_2}")
      set(of_target "$<TARGET_PROPERTY:${object},${property}>")
      # A property of a target, for there is no expression for one of a source.
      get_property(own SOURCE "${source}" TARGET_DIRECTORY ${object} PROPERTY ${property})
      set_property(TARGET ${object} PROPERTY _BPFBUILD_${property}_OF_${number} "${own}")
      set(of_source "$<TARGET_GENEX_EVAL:${object},$<TARGET_PROPERTY:${object},_BPFBUILD_${property}_OF_${number}>>")
      if(property STREQUAL "INCLUDE_DIRECTORIES")
        set(values "${of_source};${of_target}")
      else()
        set(values "${of_target};${of_source}")
      endif()
      set(values "$<FILTER:${values},EXCLUDE,^$>")
      string(APPEND content "$<$<BOOL:${values}>:${prefix}$<JOIN:${values},\n${prefix}>\n>")
    endforeach()
    # A language in the name lets flags be for that language only.
    file(GENERATE OUTPUT "${file}-${number}.$<CONFIG>.$<COMPILE_LANGUAGE>" CONTENT "${content}")
    set_property(TARGET ${codegen} APPEND PROPERTY _BPFBUILD_PROGRAMS --compilation "${file}-${number}.$<CONFIG>.BPF")
    math(EXPR number "${number} + 1")
  endforeach()
endfunction()
