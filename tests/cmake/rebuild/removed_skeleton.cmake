# A skeleton that is gone is written again.
file(GLOB_RECURSE skeletons "${build_dir}/both.skel.h")
wait()
file(REMOVE ${skeletons})
expect_build(both.bpf.o main.cpp.o app)
expect_build()

# Nor is it written for nothing from then on.
change(second.bpf.c "GENERATED" "GENERATED + 1")
expect_build(second.bpf.c.o both.bpf.o main.cpp.o app)
expect_build()
