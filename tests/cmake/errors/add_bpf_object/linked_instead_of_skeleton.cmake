# error: tracer_is_a_BPF_object_to_link_to::tracer::skeleton
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
add_executable(app main.cpp)
target_link_libraries(app PRIVATE tracer)
