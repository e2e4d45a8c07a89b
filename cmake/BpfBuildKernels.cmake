# The kernels that tests run on.

# _bpfbuild_kernel_arguments(<kernels> <arguments> <names>)
#
# Sets <arguments> to what the tool is to be told of each kernel of KERNELS, if there is
# none of BPFBUILD_TEST_KERNELS, or else `host`; and <names> to what goes behind the
# names of their tests: nothing where there is a single one.  Has bpf-fetch-kernels
# fetch those of Debian.
function(_bpfbuild_kernel_arguments kernels arguments names)
  if(NOT kernels)
    set(kernels ${BPFBUILD_TEST_KERNELS})
  endif()
  if(NOT kernels)
    set(kernels host)
  endif()
  list(LENGTH kernels count)
  set(all_arguments "")
  set(all_names "")
  foreach(kernel IN LISTS kernels)
    set(name "")
    if(count GREATER 1)
      string(REGEX REPLACE "[^A-Za-z0-9_.+-]+" "-" name "${kernel}")
      string(REGEX REPLACE "^-+" "" name "${name}")
      string(PREPEND name ".")
    endif()
    if(kernel MATCHES "^debian:")
      _bpfbuild_fetch_kernel("${kernel}")
    elseif(NOT kernel STREQUAL "host")
      cmake_path(ABSOLUTE_PATH kernel NORMALIZE)
    endif()
    list(APPEND all_arguments "${kernel}")
    list(APPEND all_names "${name}")
  endforeach()
  set(${arguments} "${all_arguments}" PARENT_SCOPE)
  set(${names} "${all_names}" PARENT_SCOPE)
endfunction()

# Adds the kernel to those that target bpf-fetch-kernels fetches.
function(_bpfbuild_fetch_kernel kernel)
  if(NOT TARGET bpf-fetch-kernels)
    add_custom_target(bpf-fetch-kernels
      COMMAND BpfBuild::bpfbuild fetch
        "$<REMOVE_DUPLICATES:$<TARGET_PROPERTY:bpf-fetch-kernels,_BPFBUILD_KERNELS>>"
      COMMENT "Fetching kernels"
      COMMAND_EXPAND_LISTS VERBATIM)
  endif()
  set_property(TARGET bpf-fetch-kernels APPEND PROPERTY _BPFBUILD_KERNELS "${kernel}")
endfunction()

# Has the build make the tool where it is a target of this build that nothing needs
# but tests.
function(_bpfbuild_build_tool_for_tests)
  get_target_property(is_installed BpfBuild::bpfbuild IMPORTED)
  if(NOT is_installed AND NOT TARGET bpfbuild-for-tests)
    add_custom_target(bpfbuild-for-tests ALL DEPENDS BpfBuild::bpfbuild)
  endif()
endfunction()
