/* A typedef and a record of one name, and an enumerator with the name of a typedef behind it. */
typedef struct same {
	int a;
} same;

typedef long other;

union other {
	same a;
	int b;
};

struct same_name {
	same a;
	struct same b;
	other c;
	union other d;
};

struct same_name use;
