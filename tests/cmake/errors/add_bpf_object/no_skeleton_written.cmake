# build: tracer.skel.h: bpftool wrote no skeleton
# A bpftool that writes a skeleton when it is tried, but none for the object.
find_program(real_bpftool bpftool PATHS /usr/sbin)
file(WRITE "${CMAKE_BINARY_DIR}/bpftool"
  "#!/bin/sh\n[ \"$2\" = skeleton ] && [ \"$3\" != test.o ] && exit 1\nexec '${real_bpftool}' \"$@\"\n")
file(CHMOD "${CMAKE_BINARY_DIR}/bpftool" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
set(BPFBUILD_BPFTOOL "${CMAKE_BINARY_DIR}/bpftool")
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
