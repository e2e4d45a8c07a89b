# How BPF C is compiled, and BPF objects are linked.

set(CMAKE_INCLUDE_FLAG_BPF "-I")
set(CMAKE_INCLUDE_SYSTEM_FLAG_BPF "-isystem ")
set(CMAKE_BPF_COMPILE_OPTIONS_COLOR_DIAGNOSTICS "-fcolor-diagnostics")
set(CMAKE_BPF_COMPILE_OPTIONS_WARNING_AS_ERROR "-Werror")

# The compiler itself writes down which headers a source includes.
set(CMAKE_DEPFILE_FLAGS_BPF "-MD -MT <DEP_TARGET> -MF <DEP_FILE>")
set(CMAKE_BPF_DEPFILE_FORMAT gcc)
set(CMAKE_BPF_DEPENDS_USE_COMPILER TRUE)
# So it has to be asked, also by projects that have CMake itself look for the headers of the host's
# sources: it knows no BPF.  Languages that are enabled already stay as they are.
if(DEFINED CMAKE_DEPENDS_USE_COMPILER)
  set(CMAKE_DEPENDS_USE_COMPILER TRUE)
endif()

# One set of flags for every configuration: BTF comes from -g, and the verifier
# accepts little that is not optimised.
set(CMAKE_BPF_FLAGS_INIT "-g -O2 $ENV{BPFFLAGS}")
string(STRIP "${CMAKE_BPF_FLAGS_INIT}" CMAKE_BPF_FLAGS_INIT)
cmake_initialize_per_config_variable(CMAKE_BPF_FLAGS "Flags used by the BPF compiler")

if(NOT CMAKE_BPF_COMPILER_LAUNCHER AND DEFINED ENV{CMAKE_BPF_COMPILER_LAUNCHER})
  set(CMAKE_BPF_COMPILER_LAUNCHER "$ENV{CMAKE_BPF_COMPILER_LAUNCHER}"
    CACHE STRING "Compiler launcher for BPF")
endif()
# CMake applies launchers to its own languages only.
list(JOIN CMAKE_BPF_COMPILER_LAUNCHER "\" \"" _bpfbuild_launcher)
if(_bpfbuild_launcher)
  set(_bpfbuild_launcher "\"${_bpfbuild_launcher}\" ")
endif()
set(CMAKE_BPF_COMPILE_OBJECT
  "${_bpfbuild_launcher}<CMAKE_BPF_COMPILER> <DEFINES> <INCLUDES> <FLAGS> -o <OBJECT> -x c -c <SOURCE>")
unset(_bpfbuild_launcher)

# A BPF object is a static library to CMake: a file that is linked from objects,
# is installed as data, and is left alone by the host's strip.  Its link flags,
# STATIC_LIBRARY_FLAGS or STATIC_LIBRARY_OPTIONS, say which skeletons come with it, and what
# links it: bpftool, which also drops DWARF, or the tool or script that runs bpftool.
set(CMAKE_STATIC_LIBRARY_PREFIX_BPF "")
set(CMAKE_STATIC_LIBRARY_SUFFIX_BPF ".bpf.o")
set(CMAKE_BPF_CREATE_STATIC_LIBRARY
  "sh \"${CMAKE_CURRENT_LIST_DIR}/BpfBuildLink.sh\" <TARGET> <LINK_FLAGS> <TARGET>.part <OBJECTS>")

set(CMAKE_BPF_INFORMATION_LOADED 1)
