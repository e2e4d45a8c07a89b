#[=======================================================================[.rst:
BpfBuild
--------

``find_package(BpfBuild)`` makes BPF a language of the calling directory and
everything below it, and provides

:command:`add_bpf_object`
  compiles and links BPF C into an object with a typed skeleton;
:command:`bpf_generate_bindings`
  writes small kernel headers from BTF, in a codegen target of its own;
:command:`bpf_generate_min_btf`
  takes from the BTF of many kernels what objects need where there is none;
:command:`bpf_add_bindings_test`, :command:`bpf_add_verifier_test`
  test that kernels have what such a header holds, and take the programs of objects;
:command:`bpf_add_kernel_test`
  runs a program as a test on other kernels, in small virtual machines;
:command:`bpf_add_compat_test`
  tests that objects will load on kernels of which only the types are at hand;
``BpfBuild::libbpf``
  libbpf for user space, which a skeleton brings along;
``BpfBuild::log``
  ``<bpfbuild/log.bpf.h>``, for BPF objects that log;
``BpfBuild::runtime``
  ``<bpfbuild/log.hpp>`` and ``<bpfbuild/loader.hpp>``, for C++ programs that load
  objects and read their logs;
``BpfBuild::bpfbuild``
  the generator tool.

It reads and sets these cache variables:

``CMAKE_BPF_COMPILER``
  clang.  Initialised from ``BPFCC`` in the environment, else ``clang`` or the
  newest ``clang-<N>`` that has the BPF backend.
``BPFBUILD_BPFTOOL``
  bpftool, the linker of BPF objects and writer of skeletons.
``BPFBUILD_LIBBPF_INCLUDE_DIR``, ``BPFBUILD_LIBBPF_LIBRARY``
  libbpf's headers (``bpf/bpf_helpers.h``) and library.
``CMAKE_BPF_FLAGS``
  flags of every BPF compilation, by default ``-g -O2``.
``CMAKE_BPF_COMPILER_LAUNCHER``
  a launcher such as ccache.
``BPFBUILD_CHECK_OBJECTS``
  whether linked objects are checked, the initial value of the property
  ``BPF_CHECK``.  It is ON, but OFF where BpfBuild is a part of the project, for
  the tool would have to be built before the first object.
``BPFBUILD_PREBUILT_DIR``
  a folder that target ``bpf-prebuilt`` has filled on another machine: objects
  and skeletons are taken from there, and clang and bpftool are not needed.

What is missing is told in ``BpfBuild_NOT_FOUND_MESSAGE``; with ``REQUIRED``
it ends the configuration.
#]=======================================================================]

# Those of the project may be older. Functions keep what they are written under.
cmake_policy(VERSION 3.22)

include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildArchitecture.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildRuntime.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildTools.cmake")

# CMake would give the language's variables to the function, and lose them
# with it: the generate step then dies without a word about the cause.  A
# directory that a function of its parent has added is no such case.
get_directory_property(_bpfbuild_parent PARENT_DIRECTORY)
set(_bpfbuild_inherited "")
if(_bpfbuild_parent)
  get_directory_property(_bpfbuild_inherited DIRECTORY "${_bpfbuild_parent}" DEFINITION CMAKE_CURRENT_FUNCTION)
endif()
if(NOT PROJECT_NAME)
  set(BpfBuild_NOT_FOUND_MESSAGE "BpfBuild: find_package(BpfBuild) comes before project(); call project() first")
elseif(NOT "${CMAKE_CURRENT_FUNCTION}" STREQUAL "${_bpfbuild_inherited}")
  set(BpfBuild_NOT_FOUND_MESSAGE
    "BpfBuild: find_package(BpfBuild) was called in function '${CMAKE_CURRENT_FUNCTION}'; \
a language can be enabled only at directory scope: call it directly in a CMakeLists.txt")
elseif(NOT CMAKE_GENERATOR MATCHES "Ninja|Unix Makefiles")
  set(BpfBuild_NOT_FOUND_MESSAGE
    "BpfBuild: generator '${CMAKE_GENERATOR}' cannot build BPF; \
use Ninja, Ninja Multi-Config or Unix Makefiles (cmake -G)")
else()
  # Of the type PATH, for what is relative on the command line.
  set(BPFBUILD_PREBUILT_DIR "" CACHE PATH "folder that target bpf-prebuilt has filled elsewhere")
  _bpfbuild_find_tools(BpfBuild_NOT_FOUND_MESSAGE)
endif()
unset(_bpfbuild_parent)
unset(_bpfbuild_inherited)
if(BpfBuild_NOT_FOUND_MESSAGE)
  set(BpfBuild_FOUND FALSE)
  return()
endif()

set(_bpfbuild_module_path "${CMAKE_MODULE_PATH}")
list(PREPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
# CMake determines a compiler once; this one may have been upgraded since.
include(CMakeDetermineBPFCompiler)
enable_language(BPF)
set(CMAKE_MODULE_PATH "${_bpfbuild_module_path}")
unset(_bpfbuild_module_path)

# In the source tree the tool is a target of the same build.
if(NOT TARGET BpfBuild::bpfbuild)
  include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildTargets.cmake")
endif()
_bpfbuild_architecture("${CMAKE_SYSTEM_PROCESSOR}" _BPFBUILD_SYSTEM_ARCH _BPFBUILD_SYSTEM_ENDIAN)
_bpfbuild_architecture("${CMAKE_HOST_SYSTEM_PROCESSOR}" _BPFBUILD_HOST_ARCH _BPFBUILD_HOST_ENDIAN)
_bpfbuild_set_defaults()
_bpfbuild_add_libbpf()
_bpfbuild_add_runtime("${CMAKE_CURRENT_LIST_DIR}/include" "${CMAKE_CURRENT_LIST_DIR}/runtime")
_bpfbuild_write_toolchain_file()

include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildAddObject.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildAddBindingsTest.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildAddCompatTest.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildAddKernelTest.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildAddVerifierTest.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildGenerateBindings.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/BpfBuildMinBtf.cmake")

_bpfbuild_schedule_finish()

get_property(_bpfbuild_told GLOBAL PROPERTY _BPFBUILD_TOLD)
if(NOT BpfBuild_FIND_QUIETLY AND NOT _bpfbuild_told)
  get_property(_bpfbuild_tools GLOBAL PROPERTY _BPFBUILD_TOOLS)
  message(STATUS "BpfBuild: ${_bpfbuild_tools}")
  set_property(GLOBAL PROPERTY _BPFBUILD_TOLD TRUE)
  unset(_bpfbuild_tools)
endif()
unset(_bpfbuild_told)
