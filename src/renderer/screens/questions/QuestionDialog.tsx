// A question that stands before money: what would happen, and the answers in words.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button/Button';
import { Dialog } from '../../components/dialog/Dialog';
import { budgetUse } from '../../i18n/budgetText';
import { costText } from '../../i18n/costText';
import { useFormat, type Format } from '../../i18n/useFormat';
import { useQuestions, type Question } from '../../stores/questionsStore';
import { useSpend } from '../../stores/spendStore';
import styles from './Question.module.css';

interface QuestionWords {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

export default function QuestionDialog() {
  const { t } = useTranslation();
  const format = useFormat();
  const question = useQuestions((state) => state.open?.question ?? null);
  const month = useSpend((state) => state.spend?.month ?? null);
  const { answer } = useQuestions.getState();
  if (question === null) return null;
  const words = wordsOf(question, month === null ? null : format.month(month), t, format);
  return (
    <Dialog title={words.title} onClose={() => answer('no')}>
      <p className={styles.text}>{words.text}</p>
      <div className={styles.buttons}>
        {/* Enter must not spend by accident: the answer that costs nothing has the focus. */}
        <Button autoFocus onClick={() => answer('no')}>
          {words.no}
        </Button>
        {question.canHold ? <Button onClick={() => answer('hold')}>{t('composer.intoOutbox')}</Button> : null}
        <Button
          variant={question.type === 'forget' ? 'outline' : 'primary'}
          className={question.type === 'forget' ? styles.danger : undefined}
          onClick={() => answer('yes')}
        >
          {words.yes}
        </Button>
      </div>
    </Dialog>
  );
}

function wordsOf(question: Question, month: string | null, t: TFunction, format: Format): QuestionWords {
  const { cost, values } = question;
  const price = cost === null ? null : costText(cost, t, format);
  switch (question.type) {
    case 'duplicate':
      return {
        title: t('questions.duplicateTitle'),
        text: joined(t, [
          Number(values.minutes ?? 0) < 1
            ? t('questions.duplicateNow')
            : t('questions.duplicate', { minutes: format.number(Number(values.minutes)) }),
          billed(question, price, t),
        ]),
        yes: t('actions.sendAgain'),
        no: t('questions.notNow'),
      };
    case 'budget': {
      const passes = month === null ? t('questions.budgetThisMonth') : t('questions.budget', { month });
      const use = budgetUse(values, t, format);
      return {
        title: t('questions.budgetTitle'),
        text: joined(t, [
          use === null ? t('questions.stop', { text: passes }) : t('questions.budgetUse', { passes, use }),
          price === null ? null : t('questions.thisCosts', { price }),
        ]),
        yes: t('questions.sendAnyway'),
        no: t('common.cancel'),
      };
    }
    case 'sendAgain':
      return {
        title: t('questions.sendAgainTitle'),
        text: joined(t, [
          values.state === 'lost' ? t('questions.sendAgainLost') : t('questions.sendAgain'),
          values.state === 'lost' || price === null
            ? billed(question, price, t)
            : t('questions.thisCosts', { price }),
        ]),
        yes: t('actions.sendAgain'),
        no: t('questions.notNow'),
      };
    case 'forget':
      return {
        title: t('questions.forgetTitle'),
        text: t('questions.forget'),
        yes: t('actions.forget'),
        no: t('common.cancel'),
      };
  }
}

function billed({ cost }: Question, price: string | null, t: TFunction): string | null {
  if (price === null || cost === null) return null;
  return cost.sums.length === 0 && cost.unknown === 0
    ? t('money.free')
    : t('questions.billedAgain', { price });
}

function joined(t: TFunction, sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null).join(t('common.sentenceGap') === 'no' ? '' : ' ');
}
