import random
from collections import deque
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.optimizers import Adam

random.seed(0)
np.random.seed(0)
N_STATES = 5      # walk right to reach the goal


def one_hot(s):
    v = np.zeros((1, N_STATES))
    v[0, s] = 1
    return v


class DQNAgent:
    def __init__(self):
        self.memory = deque(maxlen=200)
        self.gamma, self.epsilon = 0.9, 0.5
        self.model = Sequential([Dense(16, input_dim=N_STATES, activation='relu'), Dense(2, activation='linear')])
        self.model.compile(loss='mse', optimizer=Adam(learning_rate=0.02))

    def act(self, state):
        if np.random.rand() <= self.epsilon:
            return random.randrange(2)
        return int(np.argmax(self.model(one_hot(state))[0]))

    def replay(self, batch_size):
        for s, a, r, s2, done in random.sample(self.memory, batch_size):
            target = r if done else r + self.gamma * np.amax(self.model(one_hot(s2))[0])
            target_f = np.array(self.model(one_hot(s)))
            target_f[0][a] = target
            self.model.fit(one_hot(s), target_f, epochs=1, verbose=0)


agent = DQNAgent()
for episode in range(12):
    s = 0
    for step in range(20):
        a = agent.act(s)
        s2 = min(s + 1, N_STATES - 1) if a == 1 else max(s - 1, 0)
        done = s2 == N_STATES - 1
        agent.memory.append((s, a, 1.0 if done else 0.0, s2, done))
        s = s2
        if done:
            break
    if len(agent.memory) > 8:
        agent.replay(4)
print(np.round(np.concatenate([agent.model(one_hot(i)) for i in range(4)]), 2))
