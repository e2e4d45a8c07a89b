/* const, volatile and restrict in all places. */
struct qualifiers {
	const int a;
	volatile int b;
	const volatile int *c;
	int *const d;
	const char *const *const e;
	const int f[3];
	int *volatile const g[2];
	char *restrict h;
	const struct {
		int x;
	} i;
};

struct qualifiers *use(struct qualifiers *q)
{
	return q;
}
