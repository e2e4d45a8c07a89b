ctest_says(both-kernels Passed
  "careful.bpf.o: [^\n]*/kernels/new.bpf.o: 1 guarded, [0-9]+ resolved\n[^\n]*careful.bpf.c:[0-9]+  careful  struct task.state  guarded"
  "careful.bpf.o: [^\n]*/kernels/old.bpf.o: 1 guarded, [0-9]+ resolved\n[^\n]* struct task___new.__state  guarded")
ctest_says(new-kernel Failed
  "careless.bpf.o: [^\n]*/new.bpf.o: 1 missing\n[^\n]*careless.bpf.c:14  careless  struct task.state  MISSING  no field 'state' in struct task. did you mean '__state'")
ctest_says(no-kernel Failed "bpfbuild: [^\n]*/source/nowhere: cannot open: No such file or directory")
