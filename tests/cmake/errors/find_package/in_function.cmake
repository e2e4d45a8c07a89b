# error: BpfBuild: find_package(BpfBuild) was called in function 'use_bpf'; a language can be enabled only at directory scope: call it directly in a CMakeLists.txt
function(use_bpf)
  find_package(BpfBuild REQUIRED)
endfunction()
use_bpf()
